-- The last step before the carrier is called: the text is still claimed, and nobody committed since the check.
-- KEYS[1] message hash   KEYS[2] participant hash
-- ARGV: 1 prefix  2 text id  3 participant  4 revision that was checked  5 lease ms
-- Returns 'ok', 'changed' when the participant's revision moved, or 'lost' when the text is not claimed any more.
if redis.call('HGET', KEYS[1], 'life') ~= 'claimed' then return 'lost' end
if (redis.call('HGET', KEYS[2], 'rev') or '0') ~= ARGV[4] then return 'changed' end
local time = redis.call('TIME')
local machine = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], 'life', 'calling', 'called_at', machine, 'looked', 0)
redis.call('HINCRBY', KEYS[1], 'tries', 1)
redis.call('ZADD', ARGV[1] .. 'leases', machine + tonumber(ARGV[5]), ARGV[2])
redis.call('SREM', ARGV[1] .. 'unsent:' .. ARGV[3], ARGV[2])
return 'ok'
