-- Read a claimed text and its participant, in one step.
-- KEYS[1] message hash   ARGV[1] prefix
-- Returns {machine ms, care offset ms, life, participant, class, sender, sealed text, tries, again?, called at,
--   looked, sid, reason, code, revision, state, wrapped key, number}
local time = redis.call('TIME')
local machine = time[1] * 1000 + math.floor(time[2] / 1000)
local offset = redis.call('GET', ARGV[1] .. 'care:offset') or '0'
local m = redis.call('HMGET', KEYS[1], 'life', 'p', 'cls', 'sender', 'sealed', 'tries', 'again', 'called_at',
  'looked', 'sid', 'reason', 'code')
local p = redis.call('HMGET', ARGV[1] .. 'p:' .. (m[2] or ''), 'rev', 'state', 'key', 'number')
return {machine, offset, m[1] or '', m[2] or '', m[3] or '', m[4] or '', m[5] or '', m[6] or '0', m[7] or '0',
  m[8] or '0', m[9] or '0', m[10] or '', m[11] or '', m[12] or '0', p[1] or '0', p[2] or '', p[3] or '', p[4] or ''}
