-- Texts whose lease ended, each leased anew to whoever asks, so that two do not settle one text.
-- ARGV: 1 prefix  2 lease ms  3 at most so many
-- Returns {id, life, id, life, …}
local time = redis.call('TIME')
local machine = time[1] * 1000 + math.floor(time[2] / 1000)
local found = {}
for _, text in ipairs(redis.call('ZRANGEBYSCORE', ARGV[1] .. 'leases', '-inf', machine, 'LIMIT', 0, ARGV[3])) do
  local life = redis.call('HGET', ARGV[1] .. 'm:' .. text, 'life')
  if not life then
    redis.call('ZREM', ARGV[1] .. 'leases', text)
  else
    redis.call('ZADD', ARGV[1] .. 'leases', machine + tonumber(ARGV[2]), text)
    found[#found + 1] = text
    found[#found + 1] = life
  end
end
return found
