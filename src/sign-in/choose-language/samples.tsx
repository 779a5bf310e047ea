/** The list of languages: a few, and as many as there may come to be. */
import type { LanguageFacts } from '../../platform/languages/languages.ts'
import type { PageSample } from '../../ui/samples.tsx'
import { LanguagePage } from './pages.tsx'

const MANY = `af Afrikaans,am አማርኛ,ar العربية,az Azərbaycan,be Беларуская,bg Български,bn বাংলা,bs Bosanski,ca Català,cs Čeština,
cy Cymraeg,da Dansk,de Deutsch,el Ελληνικά,en English,en-GB English (UK),es Español,es-419 Español (Latinoamérica),et Eesti,
eu Euskara,fa فارسی,fi Suomi,fil Filipino,fr Français (France),fr-CA Français (Canada),ga Gaeilge,gl Galego,gu ગુજરાતી,he עברית,
hi हिन्दी,hr Hrvatski,hu Magyar,hy Հայերեն,id Bahasa Indonesia,is Íslenska,it Italiano,ja 日本語,ka ქართული,kk Қазақ тілі,km ខ្មែរ,
kn ಕನ್ನಡ,ko 한국어,ky Кыргызча,lo ລາວ,lt Lietuvių,lv Latviešu,mk Македонски,ml മലയാളം,mn Монгол,mr मराठी,ms Bahasa Melayu,my မြန်မာ,
nb Norsk bokmål,ne नेपाली,nl Nederlands,nn Norsk nynorsk,pa ਪੰਜਾਬੀ,pl Polski,ps پښتو,pt-BR Português (Brasil),pt-PT Português (Portugal),
ro Română,ru Русский,si සිංහල,sk Slovenčina,sl Slovenščina,so Soomaali,sq Shqip,sr Српски,sr-Latn Srpski (latinica),sv Svenska,
sw Kiswahili,ta தமிழ்,te తెలుగు,th ไทย,tr Türkçe,uk Українська,ur اردو,uz O‘zbek,vi Tiếng Việt,yo Yorùbá,zh-Hans 简体中文,
zh-Hant 繁體中文,zu isiZulu`
const FROM_THE_RIGHT = ['ar', 'fa', 'he', 'ps', 'ur']

const many = MANY.split(/,\s*/).map((line): LanguageFacts => {
  const [code = '', ...name] = line.split(' ')
  const direction = FROM_THE_RIGHT.includes(code) ? 'rtl' : 'ltr'
  return { code, name: name.join(' '), direction, region: 'ZZ', voice: code }
})

export const pages: Record<string, PageSample> = {
  'a few': (frame) => <LanguagePage frame={frame} />,
  'many, something was typed': (frame) => (
    <LanguagePage frame={{ ...frame, languages: many, draft: { email: 'nadia.benali@atelier.example' } }} />
  ),
}
