-- Records how many connected members a node has in a room; none ends the watching.
--
-- A write may take effect after a later one: its caller had given up on it. So each has a version,
-- and an older one than the stored one changes nothing.
--
-- KEYS  1 room   hash: epoch, top, at (the top's time, ms), lineage
--       2 log    stream
--       3 nodes  hash nodeId -> '<number of members> <version>'
--       4 rooms  set of the rooms that the node watches on this partition
-- ARGV  1 room's name
--       2 node
--       3 number of members, 0 or more
--       4 version of the write
--       5 new epoch, used if the room has none
--       6 life of the room without watching nodes, ms
-- returns {epoch, top, at, lineage}
local room_key, log_key, nodes_key, rooms_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local room, node, members, version = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local new_epoch, room_life_ms = ARGV[5], ARGV[6]

local epoch, top, at, lineage = open_room(room_key, log_key, new_epoch)
local stored = redis.call('HGET', nodes_key, node)
if not stored or tonumber(string.match(stored, '%d+$')) < tonumber(version) then
  if tonumber(members) > 0 then
    redis.call('HSET', nodes_key, node, members .. ' ' .. version)
    redis.call('SADD', rooms_key, room)
  else
    redis.call('HDEL', nodes_key, node)
    redis.call('SREM', rooms_key, room)
  end
end
keep_room(room_key, nodes_key, room_life_ms)
return {epoch, top, at, lineage}
