-- Appends a change of who is online to its partition's list.
--
-- The entry's id is the change's time and number: it never goes down while the list exists, and an
-- empty list outlives its last entry by some minutes.
--
-- wait_ms     for how long the list is kept without anybody telling it; '0': changes are not recorded
-- what        'online' or 'offline'
-- connection  the one that caused it, '<node>\t<kind of device>\t…'
local function record_change(changes_key, wait_ms, user, what, connection)
  if wait_ms == '0' then
    return
  end
  local node, device = string.match(connection, '^([^\t]*)\t([^\t]*)\t')
  redis.call('XADD', changes_key, 'MAXLEN', '~', '10000', '*',
    'user', user, 'what', what, 'device', device, 'node', node)
  redis.call('PEXPIRE', changes_key, wait_ms)
end

-- Returns 1 if changes wait to be told, else 0. That may be one whose call has lost its answer: the
-- next call of the partition has to see to it.
local function untold_changes(changes_key, wait_ms)
  if wait_ms == '0' or redis.call('XLEN', changes_key) == 0 then
    return 0
  end
  return 1
end
