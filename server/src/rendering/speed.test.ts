import { fillPreset, presetById } from '../../../contracts/presets';
import { webhookInput } from '../../../contracts';
import { article, inputWith } from './input.fixture';
import { renderRequest } from '.';

const rounds = 1000;

/** Printed, not judged: a busy machine is no mistake of the code. */
it('a thousand messages for Slack, each of another entry', () => {
  const slack = presetById('slack');
  if (!slack) throw new Error('there is no such preset');
  const { template } = webhookInput.parse(
    fillPreset(slack, { url: 'https://hooks.slack.com/services/x', fields: {} }),
  );
  const inputs = Array.from({ length: rounds }, (_, round) => {
    const input = inputWith({ entry: { ...article, title: `Soup "${round}"` } });
    return { ...input, webhook: { ...input.webhook, template } };
  });
  const begin = process.cpuUsage();
  const bodies = inputs.map((input) => renderRequest(input).body ?? '');
  const { user, system } = process.cpuUsage(begin);
  const cpuMs = (user + system) / 1000;
  process.stdout.write(`rendering: ${rounds} Slack messages take ${cpuMs.toFixed(0)} ms of the processor\n`);
  bodies.forEach((body, round) => expect(body).toContain(`Soup \\"${round}\\": published`));
});
