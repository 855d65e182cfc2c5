-- Claim participants whose wake-up time came. The due time stays in the index; the lease lies beside it.
-- KEYS[1] wake-up index   KEYS[2] wake-up leases
-- ARGV: 1 care now ms  2 lease ms  3 at most so many
-- Returns {id, due ms, id, due ms, …}
local time = redis.call('TIME')
local machine = time[1] * 1000 + math.floor(time[2] / 1000)
local wanted, found, offset = tonumber(ARGV[3]), {}, 0
while #found < wanted * 2 and offset < wanted * 20 do
  local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', offset, wanted)
  if #due == 0 then break end
  for i = 1, #due, 2 do
    local lease = redis.call('ZSCORE', KEYS[2], due[i])
    if #found < wanted * 2 and (not lease or tonumber(lease) <= machine) then
      redis.call('ZADD', KEYS[2], machine + tonumber(ARGV[2]), due[i])
      found[#found + 1] = due[i]
      found[#found + 1] = due[i + 1]
    end
  end
  offset = offset + wanted
end
return found
