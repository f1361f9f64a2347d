using System.Globalization;
using Inkling.Language;

namespace Inkling.WordVectorBench;

/// <summary>How good vectors are: rank correlation with what people say of pairs of words, and the share of analogies that are answered.</summary>
internal sealed record Evaluation(double WordSim, int Pairs, int AllPairs, double Semantic, double Syntactic, double Analogies, int Questions)
{
    private const int MostWords = 30_000;

    public static Evaluation Of(WordVectors vectors, string data)
    {
        Dictionary<(string, string), double> pairs = [];
        foreach (string name in new[] { "wordsim353-sim.csv", "wordsim353-rel.csv" })
        {
            foreach (string line in File.ReadLines(Path.Combine(data, "similarity/word-similarity/monolingual/en", name)).Skip(1))
            {
                string[] parts = line.Split(',');
                if (parts is [_, var first, var second, { Length: > 0 } score, ..]) pairs[(first, second)] = double.Parse(score, CultureInfo.InvariantCulture);
            }
        }

        List<double> people = [], cosines = [];
        foreach (((string one, string other), double score) in pairs)
        {
            if (!vectors.TryFindRow(one, out _) || !vectors.TryFindRow(other, out _)) continue;
            people.Add(score);
            cosines.Add(vectors.Similarity(one, other));
        }

        (int right, int asked)[] kinds = Answer(vectors, Path.Combine(data, "similarity/questions-words.txt"));
        return new Evaluation(Spearman(people, cosines), people.Count, pairs.Count, Share(kinds[0]), Share(kinds[1]), Share((kinds[0].right + kinds[1].right, kinds[0].asked + kinds[1].asked)), kinds[0].asked + kinds[1].asked);
    }

    public override string ToString() => FormattableString.Invariant($"WordSim-353 {100 * WordSim:F1} ({Pairs} of {AllPairs} pairs), analogies {100 * Analogies:F1} % (semantic {100 * Semantic:F1}, syntactic {100 * Syntactic:F1}; {Questions} questions)");

    private static double Share((int Right, int Asked) kind) => kind.Asked == 0 ? 0 : (double)kind.Right / kind.Asked;

    /// <summary>Questions of words that are all among the most frequent ones; meanings first, then forms ("gram…").</summary>
    private static (int Right, int Asked)[] Answer(WordVectors vectors, string file)
    {
        List<(bool Form, string[] Words)> questions = [];
        bool form = false;
        foreach (string line in File.ReadLines(file))
        {
            string[] words = line.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is [":", var title, ..]) form = title.StartsWith("gram", StringComparison.Ordinal);
            else if (words.Length == 4 && words.All(word => vectors.TryFindRow(word, out int row) && row < MostWords)) questions.Add((form, words));
        }

        int[] right = new int[2], asked = new int[2];
        Parallel.ForEach(questions, new ParallelOptions { MaxDegreeOfParallelism = 2 }, question =>
        {
            string answer = vectors.Analogy([question.Words[1], question.Words[2]], [question.Words[0]], 1)[0].Word;
            int kind = question.Form ? 1 : 0;
            Interlocked.Increment(ref asked[kind]);
            if (answer.Equals(question.Words[3], StringComparison.OrdinalIgnoreCase)) Interlocked.Increment(ref right[kind]);
        });
        return [(right[0], asked[0]), (right[1], asked[1])];
    }

    private static double Spearman(List<double> a, List<double> b) => Pearson(Ranks(a), Ranks(b));

    private static double[] Ranks(List<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        double[] ranks = new double[values.Count];
        for (int i = 0; i < order.Length;)
        {
            int end = i;
            while (end < order.Length && values[order[end]] == values[order[i]]) end++;
            for (int k = i; k < end; k++) ranks[order[k]] = (i + end - 1) / 2.0;
            i = end;
        }

        return ranks;
    }

    private static double Pearson(double[] a, double[] b)
    {
        double ma = a.Average(), mb = b.Average();
        double ab = a.Zip(b, (x, y) => (x - ma) * (y - mb)).Sum(), aa = a.Sum(x => (x - ma) * (x - ma)), bb = b.Sum(y => (y - mb) * (y - mb));
        return ab / Math.Sqrt(aa * bb);
    }
}
