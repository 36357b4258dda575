import { Radio, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { payloadFormats, type PayloadFormat } from '../../../../../contracts';
import { useText } from '../../../text/useText';
import { useWebhookForm } from '../useWebhookForm';
import { firstTemplate } from './template';

/** The six formats, each with one line about it. */
export function FormatCards() {
  const { t } = useText();
  const { values, set, disabled } = useWebhookForm();
  const choose = (format: PayloadFormat) => {
    set('format', format);
    if (format === 'template' && values.template === null) set('template', firstTemplate);
  };
  return (
    <>
      <Typography variant="pi" fontWeight="bold" tag="h3" paddingBottom={2} display="block">
        {t('sending.format')}
      </Typography>
      <Cards
        aria-label={t('sending.format')}
        value={values.format}
        disabled={disabled}
        onValueChange={(chosen) => {
          const format = payloadFormats.find((known) => known === chosen);
          if (format) choose(format);
        }}
      >
        {payloadFormats.map((format) => (
          <CardFrame key={format} $chosen={values.format === format}>
            <Radio.Item value={format}>
              <Typography fontWeight="bold" tag="span" display="block">
                {t(`sending.format.${format}`)}
              </Typography>
              <Typography variant="pi" textColor="neutral600" tag="span" display="block">
                {t(`sending.format.${format}_hint`)}
              </Typography>
            </Radio.Item>
          </CardFrame>
        ))}
      </Cards>
    </>
  );
}

const Cards = styled(Radio.Group)`
  display: grid;
  gap: 1.2rem;

  ${({ theme }) => theme.breakpoints.medium} {
    grid-template-columns: repeat(3, minmax(0, 1fr));
  }
`;

const CardFrame = styled.div<{ $chosen: boolean }>`
  display: flex;
  border-radius: ${({ theme }) => theme.borderRadius};
  border: 1px solid ${({ theme, $chosen }) => ($chosen ? theme.colors.primary600 : theme.colors.neutral200)};
  background: ${({ theme, $chosen }) => ($chosen ? theme.colors.primary100 : theme.colors.neutral0)};

  /* The whole card is its label. */
  && > * {
    flex: 1;
    align-items: flex-start;
  }
  && label {
    display: block;
    flex: 1;
    padding: 1.6rem 1.6rem 1.6rem 0;
    cursor: pointer;
  }
  && button[role='radio'] {
    margin: 1.8rem 0 0 1.6rem;
  }
`;
