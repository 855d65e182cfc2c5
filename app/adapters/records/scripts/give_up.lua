-- Count one more time that a text could not be opened; the last one ends its life, and pages somebody.
-- KEYS[1] message hash
-- ARGV: 1 prefix  2 text id  3 times at which it is given up
-- Returns how many times there were.
local m = redis.call('HMGET', KEYS[1], 'life', 'p', 'cls')
if not m[1] then return 0 end
local faults = redis.call('HINCRBY', KEYS[1], 'faults', 1)
if faults < tonumber(ARGV[3]) then return faults end
local ended = m[1] == 'calling' and 'unclear' or 'withheld'
local time = redis.call('TIME')
redis.call('HSET', KEYS[1], 'life', ended)
redis.call('ZREM', ARGV[1] .. 'outbox:' .. m[3], ARGV[2])
redis.call('ZREM', ARGV[1] .. 'leases', ARGV[2])
redis.call('SREM', ARGV[1] .. 'unsent:' .. m[2], ARGV[2])
local person = ARGV[1] .. 'p:' .. m[2]
if redis.call('HGET', person, 'flight') == ARGV[2] then redis.call('HDEL', person, 'flight') end
redis.call('HINCRBY', ARGV[1] .. 'counts', ended, 1)
redis.call('XADD', ARGV[1] .. 'alerts', 'MAXLEN', '~', '10000', '*', 'p', m[2], 'kind', 'text_parked', 'severity', 'page',
  'detail', m[3] .. ' text cannot be opened', 'at', time[1] * 1000 + math.floor(time[2] / 1000))
return faults
