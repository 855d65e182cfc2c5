-- Read everything that one decision needs, in one step.
-- KEYS[1] participant hash, or an address key when ARGV[3] is 'address'
-- ARGV[1] key prefix   ARGV[2] signal id, or ''   ARGV[3] 'participant' or 'address'
-- Returns {machine ms, care offset ms, participant id, seen?, revision, state, wrapped key, number, unsent ids}
local time = redis.call('TIME')
local machine = time[1] * 1000 + math.floor(time[2] / 1000)
local offset = redis.call('GET', ARGV[1] .. 'care:offset') or '0'
local key = KEYS[1]
local id = ''
if ARGV[3] == 'address' then
  id = redis.call('GET', KEYS[1]) or ''
  if id == '' then
    local known = ARGV[2] ~= '' and redis.call('EXISTS', ARGV[1] .. 'seen:' .. ARGV[2]) or 0
    return {machine, offset, '', known, '0', '', '', '', {}}
  end
  key = ARGV[1] .. 'p:' .. id
else
  id = string.sub(KEYS[1], string.len(ARGV[1] .. 'p:') + 1)
end
local seen = 0
if ARGV[2] ~= '' then seen = redis.call('EXISTS', ARGV[1] .. 'seen:' .. ARGV[2]) end
local kept = redis.call('HMGET', key, 'rev', 'state', 'key', 'number')
local unsent = redis.call('SMEMBERS', ARGV[1] .. 'unsent:' .. id)
return {machine, offset, id, seen, kept[1] or '0', kept[2] or '', kept[3] or '', kept[4] or '', unsent}
