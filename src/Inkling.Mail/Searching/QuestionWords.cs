using Inkling.Text;

namespace Inkling.Mail;

/// <summary>The terms of a question that are worth looking for: without the words that every question has, unless there are no others.</summary>
internal static class QuestionWords
{
    private static readonly HashSet<string> s_common = [.. """
        a about all am an and any anybody anyone anything are as asked at be been but by can could did do doe does doing don't email emails find for from get
        give had has have he her him his how i if in into is it its know last mail mails me message messages my of on or our out please said say says send sent
        she should so some somebody someone something tell tells than that the their them there these they this those time to told up us was we were what when
        where which who whom whose why will with would write wrote you your
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(Terms)];

    /// <summary>The terms, each once.</summary>
    public static List<string> Of(string question)
    {
        List<string> all = [.. Terms(question).Distinct()], kept = all.FindAll(term => !s_common.Contains(term));
        return kept.Count > 0 ? kept : all;
    }

    private static List<string> Terms(string text)
    {
        List<string> terms = [];
        WordAnalyzer.Default.Analyze(text, terms);
        return terms;
    }
}
