import { describe, expect, it } from 'vitest'
import { parseTeamsSettings } from '../../../src/channels/teams/settings.ts'

const given = {
  TEAMS_APP_ID: '0A0A0A0A-0000-4000-8000-00000000A001',
  TEAMS_APP_PASSWORD: 'an-invented-client-secret',
  TEAMS_TENANT_ID: '0b0b0b0b-0000-4000-8000-00000000b001',
}

const keysOf = (part: Readonly<Record<string, string>>) => {
  const setup = parseTeamsSettings(part)
  return setup.state === 'faulty' ? setup.faults.map(({ key }) => key) : setup.state
}

describe('the TEAMS_ part of the environment', () => {
  it('is off without any of it, also when a compose file sets everything to nothing', () => {
    expect(parseTeamsSettings({})).toEqual({ state: 'off' })
    expect(parseTeamsSettings({ TEAMS_APP_ID: '', TEAMS_APP_PASSWORD: '', TEAMS_TENANT_ID: '' })).toEqual({
      state: 'off',
    })
  })

  it('is on with three values, and then asks Microsoft', () => {
    expect(parseTeamsSettings(given)).toEqual({
      state: 'on',
      settings: {
        appId: '0a0a0a0a-0000-4000-8000-00000000a001',
        appPassword: 'an-invented-client-secret',
        tenantId: given.TEAMS_TENANT_ID,
        tenants: [given.TEAMS_TENANT_ID],
        openIdUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
        loginUrl: 'https://login.microsoftonline.com',
        serviceUrl: 'https://smba.trafficmanager.net/teams/',
      },
    })
  })

  it('refuses to start with an empty app id, which would switch the check of callers off', () => {
    expect(keysOf({ ...given, TEAMS_APP_ID: '' })).toEqual(['TEAMS_APP_ID'])
  })

  it('names everything that is missing or wrong at once', () => {
    expect(keysOf({ TEAMS_APP_ID: 'gatehouse' })).toEqual(['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID'])
    expect(keysOf({ ...given, TEAMS_TENANT_ID: 'example.test' })).toEqual(['TEAMS_TENANT_ID'])
    // The id of a secret looks like a GUID; its value never does.
    expect(keysOf({ ...given, TEAMS_APP_PASSWORD: given.TEAMS_TENANT_ID })).toEqual(['TEAMS_APP_PASSWORD'])
  })

  it('takes more tenants after commas; the first is the app’s own', () => {
    const second = '0b0b0b0b-0000-4000-8000-00000000b002'
    const setup = parseTeamsSettings({ ...given, TEAMS_TENANT_ID: `${given.TEAMS_TENANT_ID}, ${second.toUpperCase()}` })
    expect(setup).toMatchObject({
      settings: { tenantId: given.TEAMS_TENANT_ID, tenants: [given.TEAMS_TENANT_ID, second] },
    })
  })

  it('lets other addresses be set, by https or on this machine only', () => {
    for (const name of ['TEAMS_OPENID_URL', 'TEAMS_LOGIN_URL', 'TEAMS_SERVICE_URL']) {
      expect(keysOf({ ...given, [name]: 'http://127.0.0.1:9999/x' })).toBe('on')
      expect(keysOf({ ...given, [name]: 'https://proxy.example.test' })).toBe('on')
      for (const bad of ['http://proxy.example.test', 'ftp://127.0.0.1', 'nonsense'])
        expect(keysOf({ ...given, [name]: bad })).toEqual([name])
    }
  })

  it('says nothing of the secret when something else is wrong', () => {
    const setup = parseTeamsSettings({ ...given, TEAMS_APP_ID: 'x' })
    expect(JSON.stringify(setup)).not.toContain(given.TEAMS_APP_PASSWORD)
  })
})
