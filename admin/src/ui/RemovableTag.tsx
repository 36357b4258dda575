import { useLayoutEffect, useRef, type ComponentProps } from 'react';
import { Tag } from '@strapi/design-system';
import { Cross } from '@strapi/icons';

type RemovableTagProps = Pick<ComponentProps<typeof Tag>, 'label' | 'disabled' | 'onClick' | 'children'>;

/**
 * A tag with a button that removes it; `label` is the button's name. The design system's button has no type, so that in
 * a form it would be the one that Enter in any field presses: it gets one.
 */
export function RemovableTag(props: RemovableTagProps) {
  const frame = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => frame.current?.querySelector('button')?.setAttribute('type', 'button'), []);
  return (
    <span ref={frame} style={{ display: 'contents' }}>
      <Tag icon={<Cross aria-hidden />} {...props} />
    </span>
  );
}
