export type MailPorts = {
  readonly imapPort: number
  readonly lmtpPort: number
  readonly smtpPort: number
  /** Where access tokens are asked about; 0 where none are used. */
  readonly oauthPort: number
}

export const vacationScript = `require ["vacation"];
vacation :days 1 :subject "Out of office" "I am away until Monday.";
`

/** Dovecot 2.3, one setting a line, in the foreground, accepting after some 30 ms. */
export const dovecotConfig = (directory: string, ports: MailPorts): string => `base_dir = ${directory}/base
state_dir = ${directory}/state
log_path = ${directory}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
first_valid_uid = 1
postmaster_address = postmaster@example.test
submission_host = 127.0.0.1:${ports.smtpPort}
mail_location = maildir:${directory}/mail/%u
mailbox_idle_check_interval = 1 secs
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
default_process_limit = 50
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${directory}/oauth2.conf
}
passdb {
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%u ${directory}/users
}
userdb {
  driver = passwd-file
  args = username_format=%u ${directory}/users
  default_fields = uid=65534 gid=65534 home=${directory}/home/%u
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
}
protocol lmtp {
  mail_plugins = sieve
}
plugin {
  sieve = file:~/.dovecot.sieve
  sieve_vacation_send_from_recipient = yes
}
service imap-login {
  inet_listener imap {
    port = ${ports.imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${ports.lmtpPort}
  }
}
`

/** Postfix that knows only example.test, answers for nothing else, and gives up on a mail after a minute. */
export const postfixConfig = (root: string, ports: MailPorts): string => `compatibility_level = 3.6
queue_directory = ${root}/queue
data_directory = ${root}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = /var/log/gatehouse-postfix.log
myhostname = mx.example.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = example.test
virtual_transport = lmtp:inet:127.0.0.1:${ports.lmtpPort}
virtual_mailbox_maps =
virtual_alias_maps =
alias_maps =
alias_database =
recipient_delimiter = +
transport_maps = inline:{ {remote.test=smtp:[127.0.0.1]:1}, {example.test=lmtp:inet:127.0.0.1:${ports.lmtpPort}} }
smtpd_recipient_restrictions = permit_mynetworks, reject
default_transport = error:5.1.2 no outside network
disable_dns_lookups = yes
smtp_dns_support_level = disabled
smtputf8_enable = yes
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 4s
maximal_queue_lifetime = 20s
bounce_queue_lifetime = 20s
delay_warning_time = 0
message_size_limit = 26214400
`
