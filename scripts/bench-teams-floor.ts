import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder'

/** The floor: CloudAdapter as its makers ship it, checking every caller, with an empty handler. Prints its port. */
const [appId = '', tenantId = '', openIdUrl = '', loginUrl = ''] = process.argv.slice(2)
const auth = new ConfigurationBotFrameworkAuthentication({
  MicrosoftAppId: appId,
  MicrosoftAppPassword: 'not needed: nothing is sent',
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: tenantId,
  ValidateAuthority: true,
  ToChannelFromBotLoginUrl: `${loginUrl}/${tenantId}`,
  ToChannelFromBotOAuthScope: 'https://api.botframework.com',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
  OAuthUrl: 'https://token.botframework.com/',
  ToBotFromChannelOpenIdMetadataUrl: openIdUrl,
  ToBotFromEmulatorOpenIdMetadataUrl: openIdUrl,
  CallerId: 'urn:botframework:azure',
} as never)
const adapter = new CloudAdapter(auth)

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { headers, method } = request
  const answer = {
    socket: request.socket,
    status: (code: number) => {
      response.statusCode = code
      return answer
    },
    send: (body: unknown) => response.write(String(body)),
    header: () => answer,
    end: () => response.end(),
  }
  await adapter.process(
    { headers, method, body: JSON.parse(Buffer.concat(chunks).toString()) } as never,
    answer as never,
    async () => {},
  )
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
