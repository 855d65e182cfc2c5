-- Page a person for each answer to danger that has waited too long to leave, once a text.
-- ARGV: 1 prefix  2 ms
-- Returns how many were new.
local time = redis.call('TIME')
local machine = time[1] * 1000 + math.floor(time[2] / 1000)
local found = 0
for _, text in ipairs(redis.call('ZRANGE', ARGV[1] .. 'outbox:risk', 0, 199)) do
  local m = redis.call('HMGET', ARGV[1] .. 'm:' .. text, 'at', 'p', 'paged')
  if m[1] and not m[3] and machine - tonumber(m[1]) > tonumber(ARGV[2]) then
    redis.call('HSET', ARGV[1] .. 'm:' .. text, 'paged', '1')
    redis.call('XADD', ARGV[1] .. 'alerts', 'MAXLEN', '~', '10000', '*', 'p', m[2], 'kind', 'risk_answer_waits',
      'severity', 'page', 'detail', 'it has not left', 'at', machine)
    found = found + 1
  end
end
return found
