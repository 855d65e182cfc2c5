-- A wake-up that changed nothing: the index follows the state, unless somebody committed since it was read.
-- KEYS[1] participant hash   KEYS[2] wake-up index   KEYS[3] wake-up leases
-- ARGV: 1 participant  2 revision that was read  3 next wake-up ms of that revision ('' for none)
redis.call('ZREM', KEYS[3], ARGV[1])
if (redis.call('HGET', KEYS[1], 'rev') or '0') ~= ARGV[2] then return end
if ARGV[3] == '' then
  redis.call('ZREM', KEYS[2], ARGV[1])
else
  redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
end
