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

local function allowed(class, sender, segments)
  local key = prefix .. 'rate:' .. sender
  local rate = tonumber(redis.call('HGET', prefix .. 'rates', sender) or ARGV[4])
  if rate <= 0 then return true end
  local bucket = redis.call('HMGET', key, 'tokens', 'at')
  local burst = math.max(rate, 2)
  local tokens = tonumber(bucket[1] or burst)
  local filled = math.min(burst, tokens + (machine - tonumber(bucket[2] or machine)) * rate / 1000)
  if class ~= 'risk' and filled <= 0 then return false end
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

for c = 6, #ARGV do
  local class, offset = ARGV[c], 0
  local before = machine + 1 - tonumber(ARGV[5])
  while #found < wanted and offset < 2000 do
    local waiting = redis.call('ZRANGEBYSCORE', prefix .. 'outbox:' .. class, '-inf', before, 'LIMIT', offset, 200)
    if #waiting == 0 then break end
    for _, text in ipairs(waiting) do
      if #found >= wanted then break end
      local m = prefix .. 'm:' .. text
      local kept = redis.call('HMGET', m, 'p', 'sender', 'segments')
      if not kept[1] then
        redis.call('ZREM', prefix .. 'outbox:' .. class, text)
      else
        local person = prefix .. 'p:' .. kept[1]
        local urgent = class == 'risk' or class == 'confirmation'
        local stopped = held['all'] or held['sender:' .. kept[2]]
        if (not stopped or urgent) and free(class, person, text)
          and allowed(class, kept[2], tonumber(kept[3] or 1)) then
          redis.call('HSET', m, 'life', 'claimed')
          redis.call('HSET', person, 'flight', text)
          redis.call('ZREM', prefix .. 'outbox:' .. class, text)
          redis.call('ZADD', prefix .. 'leases', machine + tonumber(ARGV[2]), text)
          found[#found + 1] = text
        end
      end
    end
    offset = offset + 200
  end
end
return found
