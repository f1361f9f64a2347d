using System.Text;
using Inkling.Numerics;

namespace Inkling.Playground;

/// <summary>The texts that come with the page of letters: a story with speech in quotation marks, and lists with brackets in brackets.</summary>
public static class LettersTexts
{
    /// <summary>The name of the story.</summary>
    public const string Story = "story";

    /// <summary>The name of the lists.</summary>
    public const string Lists = "lists";

    /// <summary>The name of a text of one's own.</summary>
    public const string Own = "own";

    private const string StoryText = """
        The lamp at the end of the pier had not been lit for a year when the keeper's daughter found the key. It lay in a tin of buttons, wrapped in a page of the tide table, and it was no longer than her thumb.

        "Is this the key of the lamp?" she asked.

        "It was," said her father. "But the ships have gone to the other harbour, and a lamp that nobody sees is only a waste of oil."

        "The fish see it," she said.

        "The fish," said her father, "have no need of a harbour."

        She put the key in her pocket and said nothing more. In the evening the wind turned to the north, and the rain came over the water in long grey lines. She could hear the boats in the harbour knock against the wall, one after the other, like people who wait at a door.

        At ten she took the small can of oil from the shed and walked out along the pier. The stones were wet and the rope by the wall was wet, and the sea came up between the stones and went back again. At the end of the pier stood the lamp in its house of glass, and the key turned at once, as if it had been turned the day before.

        "Who is there?" called somebody from the water.

        She did not answer. She filled the lamp, and trimmed the wick, and lit it with the third match. The light went round over the rain, and in the rain there was a boat, and in the boat an old man with a dog.

        "I saw nothing," said the old man when he had tied the boat to the steps, "and then I saw you. I have been out there since noon, and the dog could not tell me the way either."

        "The lamp is not in use," she said. "It is only for the fish."

        "Then I am a fish," said the old man, "and so is the dog."

        Her father was standing in the door when the three of them came up the hill. He looked at the old man, and at the dog, and then he looked for a long time at the light that went round and round over the water.

        "How much oil is left?" he asked.

        "Enough for tonight," she said.

        "Then tomorrow," said her father, "we shall have to buy some more."

        And so the lamp at the end of the pier was lit again, and it has been lit every evening since. The ships still go to the other harbour. But now and then a small boat comes in out of the dark, and somebody ties it to the steps and says, "I saw nothing, and then I saw you." The keeper's daughter writes it down in the book by the door, with the date and the wind, and the fish, she says, have never once complained.
        """;

    private static readonly string[] s_words = ["apples", "bread", "cups", "dates", "eggs", "figs", "grapes", "honey", "jars", "lemons", "milk", "nuts", "olives", "pears", "rice", "salt"];

    /// <summary>The names of the texts.</summary>
    public static IReadOnlyList<string> Names { get; } = [Story, Lists];

    /// <summary>The text of a name.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static string Of(string name) => name switch
    {
        Story => StoryText.ReplaceLineEndings("\n"),
        Lists => MakeLists(),
        _ => throw new ArgumentException($"LettersTexts: no text is called '{name}'. There are: {string.Join(", ", Names)}.", nameof(name)),
    };

    // Brackets up to three deep and lines of any length: what a unit can count.
    private static string MakeLists()
    {
        StringBuilder text = new();
        ulong draws = 0;
        while (text.Length < 12_000)
        {
            List(0);
            text.Append('\n');
        }

        return text.ToString();

        int Draw(int most) => (int)(CounterRandom.Bits(20, 0, draws++) % (ulong)most);

        void List(int depth)
        {
            int items = 1 + Draw(4);
            for (int i = 0; i < items; i++)
            {
                if (i > 0) text.Append(", ");
                text.Append(1 + Draw(9)).Append(' ').Append(s_words[Draw(s_words.Length)]);
                if (depth == 3 || Draw(3) != 0) continue;
                text.Append(" (");
                List(depth + 1);
                text.Append(')');
            }
        }
    }
}
