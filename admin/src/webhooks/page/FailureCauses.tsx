import { Box, Divider, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, CrossCircle } from '@strapi/icons';
import type { FailureCause, WebhookStatistics, WebhookView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { FailureRemedies } from '../../failures/FailureRemedies';
import { useFailureSentences } from '../../failures/useFailureSentences';
import { statusWords } from '../../http/status-words';
import { webhookPath } from '../../navigation/paths';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
import { InlineLink } from '../../ui/InlineLink';

interface FailureCausesProps {
  statistics: WebhookStatistics;
  webhook: WebhookView;
}

/** Why attempts failed in the last 24 hours, the most frequent reason first. */
export function FailureCauses({ statistics: { causes, causesOfNewest }, webhook }: FailureCausesProps) {
  const { t, intl } = useText();
  const allowed = useAllowed();
  return (
    <Card padding={0}>
      <Box padding={5} paddingLeft={6} paddingRight={6} paddingBottom={3}>
        <Flex justifyContent="space-between" gap={4} alignItems="baseline">
          <Typography variant="delta" fontWeight="bold" tag="h2">
            {t('causes.title')}
          </Typography>
          {causes.length > 0 && allowed.deliveriesRead && (
            <Typography variant="pi">
              <InlineLink to={webhookPath(webhook.id, 'deliveries')}>{t('causes.see')}</InlineLink>
            </Typography>
          )}
        </Flex>
        <Typography variant="pi" textColor="neutral600" tag="p">
          {t('causes.when')}
          {causes.length > 0 && allowed.deliveriesRead && ` ${t('causes.links')}`}
          {causesOfNewest !== null &&
            ` ${t('causes.of_newest', { count: intl.formatNumber(causesOfNewest) })}`}
        </Typography>
      </Box>
      <Divider />
      {causes.length === 0 ? (
        <Flex gap={3} padding={6}>
          <CheckCircle aria-hidden fill="success600" />
          <Typography textColor="neutral600">{t('causes.none')}</Typography>
        </Flex>
      ) : (
        <ul>
          {causes.map((cause, index) => (
            <Cause
              key={`${cause.code}:${cause.httpStatus}`}
              cause={cause}
              webhook={webhook}
              isFirst={index === 0}
              isLinked={allowed.deliveriesRead}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

/** The filters for the counted deliveries: any failed attempt of the last 24 hours, without tests. */
const deliveriesOf = ({ code, httpStatus }: FailureCause): string =>
  new URLSearchParams({
    code,
    ...(httpStatus !== null && { httpStatus: String(httpStatus) }),
    ...{ tries: 'any', time: 'day', tests: 'hide' },
  }).toString();

interface CauseProps {
  cause: FailureCause;
  webhook: WebhookView;
  isFirst: boolean;
  isLinked: boolean;
}

function Cause({ cause, webhook, isFirst, isLinked }: CauseProps) {
  const { t } = useText();
  const sentencesOf = useFailureSentences();
  const { code, httpStatus: status, durationMs, count } = cause;
  const { short, cause: why, remedy } = sentencesOf({ code, status, host: webhook.host, durationMs });
  const title = status === null ? short : statusWords(status);
  return (
    <li>
      {!isFirst && <Divider />}
      <Flex justifyContent="space-between" gap={4} padding={4} paddingLeft={6} paddingRight={6}>
        <Flex gap={3} alignItems="flex-start">
          <Box paddingTop="2px">
            <CrossCircle aria-hidden fill="danger600" />
          </Box>
          <div>
            <Typography fontWeight="bold" tag="h3">
              {isLinked ? (
                <InlineLink to={`${webhookPath(webhook.id, 'deliveries')}?${deliveriesOf(cause)}`}>
                  {title}
                </InlineLink>
              ) : (
                title
              )}
            </Typography>
            <Typography variant="pi" textColor="neutral600" tag="p">
              {why} {remedy}
            </Typography>
            <FailureRemedies webhookId={webhook.id} failure={{ code, status }} />
          </div>
        </Flex>
        <Typography variant="pi" fontWeight="bold" tag="p" style={{ flex: 'none' }}>
          {t('causes.times', { count })}
        </Typography>
      </Flex>
    </li>
  );
}
