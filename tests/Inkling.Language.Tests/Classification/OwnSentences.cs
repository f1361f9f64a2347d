namespace Inkling.Language.Tests.Classification;

/// <summary>
/// Sentences written before the shipped model was trained, about things that the generated training sentences do not name, most of them in pairs that
/// differ in a word or two. Neither words nor settings were chosen by them.
/// </summary>
internal static class OwnSentences
{
    /// <summary>How many the model may get wrong; the first that shipped got 6.</summary>
    public const int MostWrong = 8;

    private static readonly string[] s_negative =
    [
        "I can't honestly recommend this bakery", "Nobody in my family enjoyed the cruise", "I'm not convinced this blender is any good", "The plumber wasn't helpful at all",
        "I used to adore this museum, but not anymore", "My sister doubts the tent is any good", "You won't find anything nice here", "I was never happy with that mattress",
        "This isn't the wonderful bakery everyone talks about", "It would be wrong to call this drill reliable", "I wish the blender worked", "The concert could have been a lot better",
        "I have yet to meet anyone who likes this tablet", "Don't buy this umbrella", "We did not find the guide friendly", "There is nothing charming about this village",
        "I'm unsure whether I like the new mattress", "The orchestra played without any passion", "I hardly enjoyed a single minute of the cruise", "It is not true that the tablet is fast",
        "I wouldn't exactly call the painter talented", "The umbrella broke after two days", "Not once did the waiter smile", "My uncle isn't sure he likes his new bicycle",
        "I don't believe it's a good drill", "The wedding was anything but beautiful", "I regret going to this museum", "She doesn't think the painter is any good",
        "Never again", "The tent is far from perfect",
    ];

    private static readonly string[] s_positive =
    [
        "I can't complain about this bakery", "Nobody disliked the cruise", "I'm not saying the blender is bad, it is excellent", "The plumber was not rude at all",
        "I used to hate this museum, but now I love it", "My sister doesn't think the tent is bad", "You won't find anything wrong here", "I was never unhappy with that mattress",
        "This isn't the terrible bakery everyone talks about", "It would be wrong to call this drill useless", "I wouldn't change a thing about the concert", "The concert couldn't have been better",
        "I have yet to meet anyone who dislikes this tablet", "Don't miss this museum", "We did not find the guide unfriendly", "There is nothing boring about this village",
        "I have no doubt that I like the new mattress", "The orchestra played with a lot of passion", "I enjoyed every single minute of the cruise", "It is not true that the tablet is slow",
        "I wouldn't call the painter untalented", "The umbrella has never let me down", "The waiter smiled all the time", "My uncle is sure he likes his new bicycle",
        "I don't believe it's a bad drill", "The wedding was anything but dull", "I don't regret going to this museum", "She doesn't think the painter is bad",
        "I will go there again and again", "The tent is not far from perfect",
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<(string Text, bool Positive)> All { get; } = [.. s_negative.Select(text => (text, false)), .. s_positive.Select(text => (text, true))];
}
