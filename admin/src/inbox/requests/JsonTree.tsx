import { useState } from 'react';
import { TextButton, Typography } from '@strapi/design-system';
import { CaretDown, CaretUp } from '@strapi/icons';
import { styled } from 'styled-components';
import { useText } from '../../text/useText';
import { Mono } from '../../ui/Mono';
import type { JsonNode } from './json-tree';

// Number of visible lines of a branch; the rest is behind "show more".
const shownAtFirst = 10;

interface JsonTreeProps {
  nodes: readonly JsonNode[];
  /** All branches expanded (true) or collapsed (false); each can be changed individually. */
  isUnfolded: boolean;
}

/** A JSON body as a tree with collapsible branches. */
export function JsonTree({ nodes, isUnfolded }: JsonTreeProps) {
  const { t } = useText();
  const [isComplete, setComplete] = useState(isUnfolded);
  const visible = isComplete ? nodes : nodes.slice(0, shownAtFirst);
  const hidden = nodes.length - visible.length;
  return (
    <Branch>
      {visible.map((node) => (
        <li key={node.name}>
          {node.kind === 'branch' ? (
            <Fold node={node} isUnfolded={isUnfolded} />
          ) : (
            <Row>
              <Mono variant="pi">
                {`${node.name}: `}
                <Value $type={node.type}>{node.text}</Value>
              </Mono>
            </Row>
          )}
        </li>
      ))}
      {hidden > 0 && (
        <li>
          <Row>
            <TextButton onClick={() => setComplete(true)}>
              {t('tree.show_more', { count: hidden })}
            </TextButton>
          </Row>
        </li>
      )}
    </Branch>
  );
}

function Fold({ node, isUnfolded }: { node: Extract<JsonNode, { kind: 'branch' }>; isUnfolded: boolean }) {
  const { t } = useText();
  // The important part of a Standard Webhooks body is its `data`, which is expanded initially.
  const [isOpen, setOpen] = useState(isUnfolded || node.name === 'data');
  const count = node.children.length;
  const Caret = isOpen ? CaretUp : CaretDown;
  return (
    <>
      <FoldButton type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Caret aria-hidden width="0.8rem" fill="neutral600" />
        <Mono variant="pi">{node.name}</Mono>
        <Typography variant="pi" textColor="neutral600">
          {t(node.type === 'array' ? 'tree.items' : 'tree.fields', { count })}
        </Typography>
      </FoldButton>
      {isOpen && count > 0 && <JsonTree nodes={node.children} isUnfolded={isUnfolded} />}
    </>
  );
}

const Branch = styled.ul`
  padding-left: 1.6rem;
`;

const Row = styled.div`
  padding: 0.3rem 0 0.3rem 1.6rem;
`;

const FoldButton = styled.button`
  display: flex;
  align-items: center;
  gap: 0.8rem;
  padding: 0.3rem 0;
  border: 0;
  background: none;
  cursor: pointer;
  color: ${({ theme }) => theme.colors.neutral800};
`;

const Value = styled.span<{ $type: 'string' | 'number' | 'boolean' | 'null' }>`
  color: ${({ theme, $type }) =>
    ({
      string: theme.colors.success700,
      number: theme.colors.secondary700,
      boolean: theme.colors.primary700,
      null: theme.colors.neutral600,
    })[$type]};
`;
