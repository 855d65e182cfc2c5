-- Move a text on. Its life only ever moves forward, whichever of worker, callback and look-up comes first.
-- KEYS[1] message hash
-- ARGV: 1 prefix  2 text id  3 new life: waiting accepted sent delivered undelivered failed withheld unclear
--   4 carrier sid or ''  5 with waiting: ms to wait  6 lives from which it may move, comma separated, or '' for any
--   7 lease ms until the participant's record must have followed (0 takes the lease away, -1 leaves it as it is)
--   8 '1' when the text goes out once more   9 reason of the end or ''   10 the carrier's code or 0
-- Returns {'moved' or 'kept' or 'second_sid' or 'gone', participant, class, again?}
local m = redis.call('HMGET', KEYS[1], 'life', 'p', 'cls', 'sid', 'again', 'at')
if not m[1] then return {'gone', '', '', '0'} end
local rank = {waiting = 0, claimed = 1, calling = 2, accepted = 3, sent = 4, unclear = 5, withheld = 5, undelivered = 5,
  failed = 5, delivered = 6}
local life, new = m[1], ARGV[3]
local time = redis.call('TIME')
local machine = time[1] * 1000 + math.floor(time[2] / 1000)
local answer = 'moved'
if ARGV[4] ~= '' then
  if m[4] and m[4] ~= '' and m[4] ~= ARGV[4] then
    redis.call('HINCRBY', ARGV[1] .. 'counts', 'second_sid', 1)
    return {'second_sid', m[2], m[3], m[5] or '0'}
  end
  redis.call('HSET', KEYS[1], 'sid', ARGV[4])
  redis.call('SET', ARGV[1] .. 'sid:' .. ARGV[4], ARGV[2], 'EX', 2592000)
end
if ARGV[6] ~= '' and not string.find(',' .. ARGV[6] .. ',', ',' .. life .. ',', 1, true) then
  return {'kept', m[2], m[3], m[5] or '0'}
end
if new ~= 'waiting' and rank[new] <= rank[life] then return {'kept', m[2], m[3], m[5] or '0'} end
redis.call('HSET', KEYS[1], 'life', new, 'reason', ARGV[9], 'code', ARGV[10])
local person = ARGV[1] .. 'p:' .. m[2]
if new == 'waiting' then
  local place = m[6] -- back to where it was in the order
  if tonumber(ARGV[5]) > 0 then place = machine + tonumber(ARGV[5]) end
  redis.call('ZADD', ARGV[1] .. 'outbox:' .. m[3], place, ARGV[2])
  redis.call('ZREM', ARGV[1] .. 'leases', ARGV[2])
  if ARGV[8] == '1' then
    redis.call('HSET', KEYS[1], 'again', '1')
    redis.call('HINCRBY', ARGV[1] .. 'counts', 'maybe_twice', 1)
  else
    redis.call('SADD', ARGV[1] .. 'unsent:' .. m[2], ARGV[2]) -- it surely has not left
  end
  if tonumber(ARGV[5]) == 0 and redis.call('HGET', person, 'flight') == ARGV[2] then
    redis.call('HDEL', person, 'flight')
  end
  return {answer, m[2], m[3], m[5] or '0'}
end
redis.call('ZREM', ARGV[1] .. 'outbox:' .. m[3], ARGV[2])
redis.call('SREM', ARGV[1] .. 'unsent:' .. m[2], ARGV[2])
if redis.call('HGET', person, 'flight') == ARGV[2] then redis.call('HDEL', person, 'flight') end
if tonumber(ARGV[7]) > 0 then
  redis.call('ZADD', ARGV[1] .. 'leases', machine + tonumber(ARGV[7]), ARGV[2])
elseif tonumber(ARGV[7]) == 0 then
  redis.call('ZREM', ARGV[1] .. 'leases', ARGV[2])
end
redis.call('HINCRBY', ARGV[1] .. 'counts', new, 1)
return {answer, m[2], m[3], m[5] or '0'}
