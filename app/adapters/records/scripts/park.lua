-- Count one more failed decision in a row; the last one takes the participant out of what is due, and pages somebody.
-- KEYS[1] participant hash   KEYS[2] wake-up index   KEYS[3] wake-up leases
-- ARGV: 1 prefix  2 participant  3 failed decisions at which they are parked  4 why
-- Returns how many there were in a row.
local faults = redis.call('HINCRBY', KEYS[1], 'faults', 1)
if faults < tonumber(ARGV[3]) then return faults end
local time = redis.call('TIME')
redis.call('ZREM', KEYS[2], ARGV[2])
redis.call('ZREM', KEYS[3], ARGV[2])
if redis.call('HSET', ARGV[1] .. 'parked', ARGV[2], ARGV[4]) == 1 then
  redis.call('XADD', ARGV[1] .. 'alerts', 'MAXLEN', '~', '10000', '*', 'p', ARGV[2], 'kind', 'parked',
    'severity', 'page', 'detail', ARGV[4], 'at', time[1] * 1000 + math.floor(time[2] / 1000))
end
return faults
