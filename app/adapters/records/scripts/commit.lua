-- The one commit: all of a decision, or nothing of it.
-- KEYS[1] participant hash   KEYS[2] wake-up index   KEYS[3] wake-up leases   KEYS[4] journal
-- ARGV: 1 prefix  2 participant  3 signal id ('' for none)  4 revision that was read  5 sealed state
--   6 next wake-up ms ('' for none)  7 seconds that the signal stays seen  8 number of journal rows, then per row
--   its number of fields and the fields; then the number of texts, then per text: id, class, sender, segments,
--   sealed text; then the number of alerts, then per alert: kind, severity, detail; then wrapped key and sealed
--   number for a newcomer ('' for others)
-- Returns 'done', 'seen' when the signal was committed before, or 'changed' when someone else committed first.
local prefix, id, signal = ARGV[1], ARGV[2], ARGV[3]
if signal ~= '' and redis.call('EXISTS', prefix .. 'seen:' .. signal) == 1 then return 'seen' end
if (redis.call('HGET', KEYS[1], 'rev') or '0') ~= ARGV[4] then return 'changed' end
local time = redis.call('TIME')
local machine = time[1] * 1000 + math.floor(time[2] / 1000)
if signal ~= '' then redis.call('SET', prefix .. 'seen:' .. signal, '1', 'EX', ARGV[7]) end
redis.call('HSET', KEYS[1], 'rev', ARGV[4] + 1, 'state', ARGV[5])
redis.call('HDEL', KEYS[1], 'faults')
redis.call('HDEL', prefix .. 'parked', id)
if ARGV[6] == '' then
  redis.call('ZREM', KEYS[2], id)
else
  redis.call('ZADD', KEYS[2], ARGV[6], id)
end
redis.call('ZREM', KEYS[3], id)
local at = 9
for _ = 1, ARGV[8] do
  local size = tonumber(ARGV[at])
  redis.call('XADD', KEYS[4], '*', unpack(ARGV, at + 1, at + size))
  at = at + 1 + size
end
local texts = tonumber(ARGV[at])
at = at + 1
for number = 1, texts do
  -- texts of one commit keep their order: a thousandth of a millisecond apart
  local place = machine + number / 1000
  local text, class = ARGV[at], ARGV[at + 1]
  if redis.call('HSETNX', prefix .. 'm:' .. text, 'life', 'waiting') == 1 then
    redis.call('HSET', prefix .. 'm:' .. text, 'p', id, 'cls', class, 'sender', ARGV[at + 2],
      'segments', ARGV[at + 3], 'sealed', ARGV[at + 4], 'at', string.format('%.3f', place))
    redis.call('EXPIRE', prefix .. 'm:' .. text, 2592000)
    redis.call('ZADD', prefix .. 'outbox:' .. class, string.format('%.3f', place), text)
    redis.call('SADD', prefix .. 'unsent:' .. id, text)
  end
  at = at + 5
end
local alerts = tonumber(ARGV[at])
at = at + 1
for _ = 1, alerts do
  redis.call('XADD', prefix .. 'alerts', 'MAXLEN', '~', '10000', '*', 'p', id, 'kind', ARGV[at],
    'severity', ARGV[at + 1], 'detail', ARGV[at + 2], 'at', machine)
  at = at + 3
end
if ARGV[at] ~= '' then redis.call('HSET', KEYS[1], 'key', ARGV[at], 'number', ARGV[at + 1], 'since', machine) end
return 'done'
