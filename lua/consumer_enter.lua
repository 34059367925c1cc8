-- Puts a consumer into a room on its owner's behalf, unless it is there.
--
-- KEYS  1 consumer  hash
-- ARGV  1 fence of the owner
--       2 field of the room, 'r:<room>'
--       3 position to start from, '<epoch>:<offset>'
-- returns 1 if the fence was right, else 0
local consumer_key = KEYS[1]
local fence, field, start = ARGV[1], ARGV[2], ARGV[3]

local fields = redis.call('HMGET', consumer_key, 'fence', 'node')
if fields[1] ~= fence or not fields[2] then
  return 0
end
redis.call('HSETNX', consumer_key, field, start)
return 1
