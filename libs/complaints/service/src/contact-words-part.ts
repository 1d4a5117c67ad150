import { Field, ObjectType } from 'type-graphql';
import type { ContactWords } from '@anju/complaints-rules';

@ObjectType('ContactWords', {
  simpleResolvers: true,
  description: 'What a customer said in a contact that belongs to the case.',
})
export class ContactWordsPart implements ContactWords {
  interactionId: string;

  @Field(() => String, { description: 'As it was taken down.' })
  words: string;

  @Field(() => Date, { description: 'When it came to the case.' })
  knownAt: Date;
}
