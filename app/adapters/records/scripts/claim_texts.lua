-- Claim texts of the classes asked for, in their order, one a participant at a time, within each sender's rate.
-- ARGV: 1 prefix  2 lease ms  3 at most so many  4 default segments a second and sender (0 is no limit)
--   5 only texts older than so many ms  6… classes in order of urgency
-- Returns {id, id, …}; {'closed'} while the carrier's book has to be read after Redis was started.
local prefix = ARGV[1]
local time = redis.call('TIME')
local machine = time[1] * 1000 + math.floor(time[2] / 1000)
local info = redis.pcall('INFO', 'server')
if type(info) == 'string' then
  local run = string.match(info, 'run_id:(%x+)') or ''
  if redis.call('GET', prefix .. 'gate') ~= run then return {'closed'} end
end
local wanted, found = tonumber(ARGV[3]), {}
local holding = redis.call('SMEMBERS', prefix .. 'holding')
local held = {}
for _, scope in ipairs(holding) do held[scope] = true end

local empty = {} -- senders that may send no more now, by class
local function allowed(class, sender, segments)
  local key = prefix .. 'rate:' .. sender
  local rate = tonumber(redis.call('HGET', prefix .. 'rates', sender) or ARGV[4])
  if rate <= 0 then return true end
  local bucket = redis.call('HMGET', key, 'tokens', 'at')
  local burst = math.max(rate, 2)
  local tokens = tonumber(bucket[1] or burst)
  local filled = math.min(burst, tokens + (machine - tonumber(bucket[2] or machine)) * rate / 1000)
  -- what nobody waits for leaves half of the burst to answers
  local least = class == 'scheduled' and burst / 2 or 0
  if class ~= 'risk' and filled <= least then
    empty[class .. sender] = true
    return false
  end
  redis.call('HSET', key, 'tokens', tostring(filled - segments), 'at', machine)
  redis.call('PEXPIRE', key, 600000)
  return true
end

local function free(class, person, text)
  local flight = redis.call('HGET', person, 'flight')
  if not flight or flight == '' or flight == text then return true end
  local other = redis.call('HMGET', prefix .. 'm:' .. flight, 'life', 'cls')
  if not other[1] then return true end
  -- what waits for another try holds up nothing urgent, and no call holds up an answer to danger
  if class == 'risk' then return other[2] ~= 'risk' or other[1] == 'waiting' end
  return class == 'confirmation' and other[1] == 'waiting' and other[2] ~= 'risk'
end

-- Whether no text of this class to the same person waits from before: asked where the head was skipped.
local function first(class, person, text)
  local own = tonumber(redis.call('HGET', prefix .. 'm:' .. text, 'at') or 0)
  for _, other in ipairs(redis.call('SMEMBERS', prefix .. 'unsent:' .. person)) do
    local m = redis.call('HMGET', prefix .. 'm:' .. other, 'life', 'cls', 'at')
    if m[1] == 'waiting' and m[2] == class and tonumber(m[3]) < own then return false end
  end
  return true
end

local function take(class, text, skipped)
  local m = prefix .. 'm:' .. text
  local kept = redis.call('HMGET', m, 'p', 'sender', 'segments')
  if not kept[1] then
    redis.call('ZREM', prefix .. 'outbox:' .. class, text)
    return
  end
  local urgent = class == 'risk' or class == 'confirmation'
  if not urgent and (held['all'] or held['sender:' .. kept[2]]) or empty[class .. kept[2]] then return end
  local person = prefix .. 'p:' .. kept[1]
  if not free(class, person, text) or skipped and not first(class, kept[1], text) then return end
  if not allowed(class, kept[2], tonumber(kept[3] or 1)) then return end
  redis.call('HSET', m, 'life', 'claimed')
  redis.call('HSET', person, 'flight', text)
  redis.call('ZREM', prefix .. 'outbox:' .. class, text)
  redis.call('ZADD', prefix .. 'leases', machine + tonumber(ARGV[2]), text)
  found[#found + 1] = text
end

-- The head of a row is always looked at; behind it a claim goes on where the last one stopped, so that a row of
-- texts that may not leave costs a bounded time and starves nobody.
local HEAD, PAGE, MOST = 200, 200, 1000
for c = 6, #ARGV do
  local class, offset, looked = ARGV[c], 0, 0
  local before = machine + 1 - tonumber(ARGV[5])
  local cursor = prefix .. 'cursor:' .. class
  local resume = tonumber(redis.call('GET', cursor) or HEAD)
  while #found < wanted and looked < MOST do
    local waiting = redis.call('ZRANGEBYSCORE', prefix .. 'outbox:' .. class, '-inf', before, 'LIMIT', offset, PAGE)
    for _, text in ipairs(waiting) do
      if #found >= wanted then break end
      take(class, text, offset > HEAD)
    end
    if #waiting < PAGE then
      if offset >= HEAD and resume > HEAD then redis.call('DEL', cursor) end
      break
    end
    looked = looked + PAGE
    offset = offset == 0 and resume or offset + PAGE
  end
  if looked >= MOST then redis.call('SET', cursor, offset, 'PX', 60000) end
end
return found
