-- Appends a change of who is online to its partition's list.
--
-- The entry's id is the change's time and number: it never goes down while the list exists, and an
-- empty list outlives its last entry by some minutes.
--
-- wait_ms     for how long the list is kept without anybody telling it
-- what        'online' or 'offline'
-- connection  the one that caused it, '<node>\t<kind of device>\t…'
local function record_change(changes_key, wait_ms, user, what, connection)
  local node, device = string.match(connection, '^([^\t]*)\t([^\t]*)\t')
  redis.call('XADD', changes_key, 'MAXLEN', '~', '10000', '*',
    'user', user, 'what', what, 'device', device, 'node', node)
  redis.call('PEXPIRE', changes_key, wait_ms)
end
