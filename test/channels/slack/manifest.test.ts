import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { requiredScopes, usedEvents } from '../../../src/channels/slack/check.ts'
import { commandWords } from '../../../src/core/desk/forms.ts'

const text = (most: number) => z.string().min(1).max(most)
const url = z.url({ protocol: /^https$/ })

/** The limits that Slack documents for a manifest: https://docs.slack.dev/reference/app-manifest */
const manifestSchema = z.strictObject({
  display_information: z.strictObject({
    name: text(35),
    description: text(140),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: text(80), always_online: z.boolean() }),
    shortcuts: z
      .array(
        z.strictObject({
          name: text(24),
          type: z.enum(['global', 'message']),
          callback_id: text(255),
          description: text(150),
        }),
      )
      .max(10),
    slash_commands: z.array(
      z.strictObject({
        command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/),
        url,
        description: text(2000),
        usage_hint: text(1000),
        should_escape: z.literal(false),
      }),
    ),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: url, bot_events: z.array(z.string()) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: url }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.literal(false),
  }),
})

describe('manifests/slack.yaml', () => {
  const manifest = manifestSchema.parse(parse(readFileSync('manifests/slack.yaml', 'utf8')))

  it('asks for the scopes and the events that the code uses, and for no others', () => {
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual([...requiredScopes].sort())
    expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual([...usedEvents].sort())
  })

  it('offers the shortcuts of the registry, under its names', () => {
    const offered = manifest.features.shortcuts.map(({ name, type, callback_id }) => [callback_id, type, name])
    const wanted = commandWords.flatMap(({ name, label, shortcut }) => (shortcut ? [[name, shortcut, label]] : []))
    expect(offered.toSorted()).toEqual(wanted.toSorted())
    expect(wanted.filter(([, type]) => type === 'global').length).toBeLessThanOrEqual(5)
  })

  it('sends everything to the one route there is', () => {
    const { event_subscriptions: events, interactivity } = manifest.settings
    const urls = [events, interactivity].map(({ request_url }) => request_url)
    for (const one of [...urls, ...manifest.features.slash_commands.map((each) => each.url)])
      expect(new URL(one).pathname).toBe('/webhooks/slack')
  })
})
