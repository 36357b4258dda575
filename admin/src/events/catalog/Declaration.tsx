import { Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { BusinessEventClause, EventDeclaration, EventTypeView, FieldTree } from '../../../../contracts';
import { useChoicesOfType } from '../../conditions/api';
import { ConditionWords } from '../../conditions/ConditionSentence';
import { useText } from '../../text/useText';
import { Fact } from '../../ui/Facts';
import { Mono } from '../../ui/Mono';
import { sentPaths } from './sent-paths';

/** How a mapped event is declared: when it occurs, and what is sent. Lines of `Facts`. */
export function Declaration({ event, declaration }: { event: EventTypeView; declaration: EventDeclaration }) {
  const { t } = useText();
  return (
    <>
      <Fact name={t('events.fact.condition')}>
        {event.condition ? (
          <Typography>{event.condition}</Typography>
        ) : (
          declaration.on.map((clause, index) => (
            <Clause key={index} clause={clause} contentType={declaration.contentType} />
          ))
        )}
      </Fact>
      <Fact name={t('events.what_is_sent')}>
        <Sent payload={declaration.payload} />
      </Fact>
      {event.source !== 'screen' && (
        <Fact name={t('events.fact.declared')}>
          <Mono variant="pi">{declaration.origin}</Mono>
          <Typography variant="pi" textColor="neutral600" tag="p">
            {t('business.read_only')}
          </Typography>
        </Fact>
      )}
    </>
  );
}

function Clause({ clause, contentType }: { clause: BusinessEventClause; contentType: string }) {
  const { t, intl } = useText();
  const { choices } = useChoicesOfType(contentType);
  const actions = clause.on.map((action) => t(`sentence.verb.${action}`));
  return (
    <Typography tag="p">
      {intl.formatList(actions, { type: 'disjunction' })}
      {clause.when && (
        <>
          {` · ${t('business.when.and_only_when')} `}
          <ConditionWords condition={clause.when} choices={choices} />
        </>
      )}
    </Typography>
  );
}

function Sent({ payload }: { payload: EventDeclaration['payload'] }) {
  const { t } = useText();
  if (payload.kind === 'function') return <Typography>{t('business.payload.function')}</Typography>;
  if (payload.kind === 'entry') {
    if (!payload.fields) return <Typography>{t('business.payload.whole')}</Typography>;
    return <Names names={sentPaths(payload.fields as FieldTree)} />;
  }
  return (
    <Keys>
      {Object.entries(payload.paths).map(([key, path]) => (
        <li key={key}>
          <Mono variant="pi">{key}</Mono>
          <Typography variant="pi" textColor="neutral600">
            {` ← ${path}`}
          </Typography>
        </li>
      ))}
    </Keys>
  );
}

function Names({ names }: { names: readonly string[] }) {
  return (
    <Flex tag="ul" gap={2} wrap="wrap">
      {names.map((name) => (
        <li key={name}>
          <Mono variant="pi">{name}</Mono>
        </li>
      ))}
    </Flex>
  );
}

const Keys = styled.ul`
  display: grid;
  gap: 0.4rem;
`;
