import type { TeamsSettings } from './settings.ts'
import { botFrameworkAudience, type Tokens } from './token.ts'
import type { Activity } from './verify.ts'

/** What we use of the Bot Framework: its check of callers, and its client for the connector. Nothing else knows it. */
export type Framework = {
  /** Rejects when the caller is not Teams. */
  check(authorization: string, activity: Activity): Promise<void>
  connector(serviceUrl: string): Promise<Conversations>
}

export type Sent = { readonly id?: string }
type About = { readonly conversation: string; readonly activity: object }

/** The connector's calls, each made once and within the time allowed. */
export type Conversations = {
  send(about: About): Promise<Sent>
  update(about: About & { readonly id: string }): Promise<Sent>
  create(parameters: object): Promise<Sent>
}

/** Loads the framework at first use: it takes half a second and 45 MB, which a desk without Teams need not pay. */
export function lazyFramework(settings: TeamsSettings, tokens: Tokens, timeoutMs: number): () => Promise<Framework> {
  let loaded: Promise<Framework> | undefined
  return () => {
    loaded ??= import('botbuilder').then((sdk) => createFramework(sdk, { settings, tokens, timeoutMs }))
    return loaded
  }
}

type Sdk = typeof import('botbuilder')
type Parts = { readonly settings: TeamsSettings; readonly tokens: Tokens; readonly timeoutMs: number }
type Auth = ConstructorParameters<Sdk['ConfigurationBotFrameworkAuthentication']>
type Connector = Awaited<
  ReturnType<
    ReturnType<InstanceType<Sdk['ConfigurationBotFrameworkAuthentication']>['createConnectorFactory']>['create']
  >
>

function createFramework(sdk: Sdk, { settings, tokens, timeoutMs }: Parts): Framework {
  const auth = new sdk.ConfigurationBotFrameworkAuthentication(authOptions(settings), credentialsFor(settings, tokens))
  /**
   * The adapter's check of a caller without its turn, which makes two clients for every activity, answers a wrong
   * signature with 500 and writes each refusal to the console.
   */
  class Adapter extends sdk.CloudAdapter {
    check(authorization: string, activity: Activity) {
      return this.botFrameworkAuthentication.authenticateRequest(activity as never, authorization)
    }
    connector(serviceUrl: string): Promise<Connector> {
      const identity = this.createClaimsIdentity(settings.appId)
      return this.botFrameworkAuthentication.createConnectorFactory(identity).create(serviceUrl, botFrameworkAudience)
    }
  }
  const adapter = new Adapter(auth)
  const known = new Map<string, Promise<Conversations>>()
  return {
    check: async (authorization, activity) => void (await adapter.check(authorization, activity)),
    connector: (serviceUrl) => {
      const found = known.get(serviceUrl) ?? adapter.connector(serviceUrl).then((made) => calling(made, timeoutMs))
      known.set(serviceUrl, found)
      return found
    },
  }
}

/** All of these have to be given: with one of them set, the framework takes the others for empty. */
function authOptions(settings: TeamsSettings): NonNullable<Auth[0]> {
  return {
    MicrosoftAppId: settings.appId,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: settings.tenantId,
    ValidateAuthority: true,
    ToChannelFromBotLoginUrl: `${settings.loginUrl}/${settings.tenantId}`,
    ToChannelFromBotOAuthScope: botFrameworkAudience,
    ToBotFromChannelTokenIssuer: botFrameworkAudience,
    OAuthUrl: 'https://token.botframework.com/',
    ToBotFromChannelOpenIdMetadataUrl: settings.openIdUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: settings.openIdUrl,
    CallerId: 'urn:botframework:azure',
  } as NonNullable<Auth[0]>
}

/** Its own credentials keep tokens process-wide by app id and ask through a library of 100 files; ours is one request. */
function credentialsFor(settings: TeamsSettings, tokens: Tokens): NonNullable<Auth[1]> {
  return {
    isValidAppId: async (appId: string) => appId.toLowerCase() === settings.appId,
    // Never: an empty app id is refused before anything is started.
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      signRequest: async (request: { headers: { set(name: string, value: string): void } }) => {
        request.headers.set('authorization', `Bearer ${await tokens.current()}`)
        return request
      },
    }),
  } as unknown as NonNullable<Auth[1]>
}

type Inside = { readonly client?: { readonly pipeline?: { removePolicy(which: { name: string }): unknown } } }

/** The framework's client repeats a 503 behind which the message was posted; here a call is made once. */
function calling(connector: Connector, timeoutMs: number): Conversations {
  const { pipeline } = (connector as unknown as Inside).client ?? {}
  if (pipeline === undefined)
    throw new Error('the connector client has no pipeline: its retries could not be switched off')
  for (const name of ['defaultRetryPolicy', 'redirectPolicy']) pipeline.removePolicy({ name })
  const once = () => ({ abortSignal: AbortSignal.timeout(timeoutMs) }) as never
  const { conversations } = connector
  return {
    send: ({ conversation, activity }) => conversations.sendToConversation(conversation, activity, once()),
    update: ({ conversation, id, activity }) => conversations.updateActivity(conversation, id, activity, once()),
    create: (parameters) => conversations.createConversation(parameters as never, once()),
  }
}
