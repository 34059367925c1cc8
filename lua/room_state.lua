-- Says where a room's log stands, and keeps its epoch for a cursor that starts here now.
--
-- KEYS  1 room   hash: epoch, top, at (the top's time, ms), lineage
--       2 log    stream
--       3 nodes  hash nodeId -> '<number of members> <version>'
-- ARGV  1 new epoch, used if the room has none
--       2 life of the room without watching nodes, ms
-- returns {epoch, top, at, lineage}
local room_key, log_key, nodes_key = KEYS[1], KEYS[2], KEYS[3]
local new_epoch, room_life_ms = ARGV[1], ARGV[2]

local epoch, top, at, lineage = open_room(room_key, log_key, new_epoch)
keep_room(room_key, nodes_key, room_life_ms)
return {epoch, top, at, lineage}
