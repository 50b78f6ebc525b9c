import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useBilling } from 'polar-billing-kit'
import { billingQueryKey } from 'polar-billing-kit/query'
import { type FormEvent, useState } from 'react'

const SAMPLE = 'The quick brown fox jumps over the lazy dog, and nobody asked it to.'

interface Generation {
  id: number
  text: string
}

/** The app itself: a text becomes speech, and its characters are counted. */
export function Studio() {
  const [text, setText] = useState(SAMPLE)
  const [generations, setGenerations] = useState<Generation[]>([])
  const { organizationId, locale } = useBilling()
  const queryClient = useQueryClient()
  const generation = useMutation({
    mutationFn: generate,
    onSuccess: (_answer, spoken) => {
      setGenerations((earlier) => [{ id: earlier.length, text: spoken }, ...earlier])
      return queryClient.invalidateQueries({ queryKey: billingQueryKey(organizationId) })
    },
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    if (text.trim() !== '' && !generation.isPending) generation.mutate(text)
  }

  return (
    <section className="card studio" aria-labelledby="studio">
      <h2 id="studio">Text to speech</h2>
      <form onSubmit={submit}>
        <label htmlFor="text">Text</label>
        <textarea
          id="text"
          rows={6}
          maxLength={20_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="row">
          <button type="submit" className="primary" aria-disabled={generation.isPending}>
            Generate
          </button>
          <span className="quiet">{text.length.toLocaleString(locale)} characters</span>
        </div>
        {generation.isError && <p role="alert">That did not work. Please try again.</p>}
      </form>
      <Generations generations={generations} />
    </section>
  )
}

async function generate(text: string): Promise<void> {
  const response = await fetch('/api/generate', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  })
  if (!response.ok) throw new Error(`/api/generate answered ${response.status}`)
}

function Generations({ generations }: { generations: Generation[] }) {
  if (generations.length === 0) return <p className="quiet">What you generate shows up here.</p>
  return (
    <ul className="generations">
      {generations.map(({ id, text }) => (
        <li key={id}>
          <button type="button" aria-label={`Play “${text.slice(0, 40)}”`} onClick={() => speak(text)}>
            ▶
          </button>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  )
}

/** The browser's own voice stands in for the service. */
function speak(text: string): void {
  if (!('speechSynthesis' in window)) return
  speechSynthesis.cancel()
  speechSynthesis.speak(new SpeechSynthesisUtterance(text))
}
