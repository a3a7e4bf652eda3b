import type { CheckResult } from '../../core/channel.ts'
import { classifyFailure } from './errors.ts'
import type { TwilioRest } from './rest.ts'
import type { TwilioSettings } from './settings.ts'

/** Asks Twilio for our account and for each configured template, and says how to mend what is wrong. */
export async function checkTwilio(settings: TwilioSettings, rest: () => Promise<TwilioRest>): Promise<CheckResult> {
  try {
    const opened = await rest()
    const { httpStatus, status } = await opened.account()
    if (httpStatus === 401 || httpStatus === 403) return wrongCredentials()
    if (httpStatus !== 200)
      return {
        ok: false,
        detail: `Twilio answered ${httpStatus}`,
        mend: 'See https://status.twilio.com and try again.',
      }
    if (status !== 'active')
      return {
        ok: false,
        detail: `our Twilio account is ${status}`,
        mend: 'Open the Twilio console and settle what it asks for.',
      }
    return (
      (await checkTemplates(settings, opened)) ?? { ok: true, detail: 'Twilio accepts our account and its templates' }
    )
  } catch (error) {
    return {
      ok: false,
      detail: classifyFailure(error).reason,
      mend: 'Check that this machine can reach https://api.twilio.com (or TWILIO_API_URL and TWILIO_CONTENT_URL where they are set).',
    }
  }
}

function wrongCredentials(): CheckResult {
  const mend =
    'Copy the account SID and auth token from the Twilio console into TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.'
  return { ok: false, detail: 'Twilio refuses our account SID or auth token', mend }
}

async function checkTemplates(settings: TwilioSettings, rest: TwilioRest): Promise<CheckResult | undefined> {
  for (const [name, languages] of Object.entries(settings.templates)) {
    for (const [language, contentSid] of Object.entries(languages)) {
      const status = await rest.contentStatus(contentSid)
      if (status === 200) continue
      return {
        ok: false,
        detail: `Twilio does not have the template ${name} in ${language} (HTTP ${status})`,
        mend: 'Create it under Content Template Builder in the Twilio console and put its HX… SID into the configuration.',
      }
    }
  }
  return undefined
}
