import { useEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Box, Searchbar, Typography } from '@strapi/design-system';
import { Link, useLocation, useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';
import {
  presetById,
  presetFor,
  presetGroups,
  presetGroupTexts,
  presets,
  type Preset,
} from '../../../../contracts/presets';
import { useText } from '../../text/useText';
import { PresetLogo } from './logos/PresetLogo';
import { foundPresets, isAddress } from './preset-search';
import { usePresetText } from './usePresetText';

/** The address of a preset's form. A URL that is already known is no part of it: it may be secret. */
const formOf = (preset: Preset) => ({ search: `?preset=${preset.id}` });

/** The first step of adding a webhook: where it goes, by intention. A pasted URL leads straight to its preset. */
export function PresetChoice() {
  const { t } = useText();
  const { text, wordsOf } = usePresetText();
  const navigate = useNavigate();
  const [search, setSearch] = useState('');

  // Where a starting point of the empty list led.
  const { hash } = useLocation();
  useEffect(() => {
    const group = presetGroups.find((known) => hash === `#presets-${known}`);
    if (group) document.getElementById(`presets-${group}`)?.scrollIntoView();
  }, [hash]);

  const address = isAddress(search) ? search.trim() : '';
  const own = presetById('plain');
  const known = address === '' ? null : (presetFor(address)?.preset ?? own ?? null);
  const found = known ? [known] : foundPresets(presets, search, wordsOf);
  const shown = found.length > 0 || !own ? found : [own];

  const open = (preset: Preset, url: string) => navigate(formOf(preset), { state: { address: url } });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const [only, second] = found;
    if (only && !second) open(only, address);
  };
  return (
    <Box>
      <Box
        role="search"
        paddingBottom={6}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text').trim();
          const preset = isAddress(pasted) && search === '' ? presetFor(pasted)?.preset : undefined;
          if (!preset) return;
          event.preventDefault();
          open(preset, pasted);
        }}
      >
        <Searchbar
          name="preset-search"
          placeholder={t('presets.search')}
          clearLabel={t('search.clear')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onClear={() => setSearch('')}
        >
          {t('presets.search')}
        </Searchbar>
      </Box>
      <div aria-live="polite">
        {found.length === 0 && <Note>{t('presets.none')}</Note>}
        {known?.id === 'plain' && <Note>{t('presets.unknown_url')}</Note>}
      </div>
      {presetGroups.map((group) => {
        const ofGroup = shown.filter((preset) => preset.group === group);
        if (ofGroup.length === 0) return null;
        return (
          <Box key={group} tag="section" aria-labelledby={`presets-${group}`} paddingBottom={6}>
            <Typography
              id={`presets-${group}`}
              variant="sigma"
              textColor="neutral600"
              tag="h2"
              display="block"
              paddingBottom={3}
              // Below the header that sticks.
              style={{ scrollMarginTop: '8rem' }}
            >
              {text(presetGroupTexts[group])}
            </Typography>
            <Cards>
              {ofGroup.map((preset) => (
                <li key={preset.id}>
                  <PresetCard preset={preset} address={address} />
                </li>
              ))}
            </Cards>
          </Box>
        );
      })}
      <Typography variant="pi" textColor="neutral600" tag="p">
        {t('presets.note')}
      </Typography>
    </Box>
  );
}

function Note({ children }: { children: ReactNode }) {
  return (
    <Typography tag="p" textColor="neutral600" paddingBottom={5}>
      {children}
    </Typography>
  );
}

function PresetCard({ preset, address }: { preset: Preset; address: string }) {
  const { text, nameOf } = usePresetText();
  return (
    <CardLink to={formOf(preset)} state={{ address }}>
      <PresetMark id={preset.id} />
      <Typography fontWeight="bold" tag="span" display="block" textColor="neutral800" paddingTop={4}>
        {nameOf(preset)}
      </Typography>
      <Typography variant="pi" textColor="neutral600" tag="span" display="block" paddingTop={1}>
        {text(preset.description)}
      </Typography>
    </CardLink>
  );
}

/** The mark of a preset in its frame. */
export function PresetMark({ id }: { id: string }) {
  return (
    <Mark>
      <PresetLogo id={id} />
    </Mark>
  );
}

const Mark = styled.span`
  display: inline-flex;
  flex: none;
  padding: 0.8rem;
  color: ${({ theme }) => theme.colors.primary600};
  border: 1px solid ${({ theme }) => theme.colors.neutral150};
  border-radius: ${({ theme }) => theme.borderRadius};
`;

const Cards = styled.ul`
  display: grid;
  gap: 1.6rem;
  grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr));

  & > li {
    display: flex;
  }
`;

const CardLink = styled(Link)`
  display: block;
  flex: 1;
  padding: 2rem;
  border: 1px solid ${({ theme }) => theme.colors.neutral150};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  box-shadow: ${({ theme }) => theme.shadows.tableShadow};
  text-decoration: none;

  &:hover,
  &:focus-visible {
    border-color: ${({ theme }) => theme.colors.primary600};
  }
`;
