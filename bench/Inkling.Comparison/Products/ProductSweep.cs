using System.Text.Json.Nodes;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>
/// All products of <see cref="ProductCases"/>, ours and a peer's. The ratio is the median over the cases of each case's ratio (itself the
/// median over turns); the worst case has a bar of its own.
/// </summary>
internal abstract class ProductSweep(string peer, int threads, double bar, double worstBar) : IComparison
{
    public string Name => $"sgemm-{peer}-{threads}";

    public string Title => $"float32 products of {ProductCases.All.Count} shapes, {threads} thread{(threads == 1 ? "" : "s")}, GFLOP/s of the median case";

    protected int Threads => threads;

    public Result Run(Options options)
    {
        ProductCase[] cases = [.. ProductCases.All.Where(one => options.Case is null || one.Name.Contains(options.Case, StringComparison.Ordinal))];
        if (cases.Length == 0)
            throw new NotMeasurableException($"no case's name contains {options.Case}; there are: {string.Join(", ", ProductCases.All.Select(one => one.Name))}");
        using PeerProcess process = StartPeer();
        using var team = new Team(threads);
        CompileSmallProducts(team);
        (ProductCase Case, Turns Turns)[] measured = [.. cases.Select(one => (one, Measure(one, process, team, options)))];
        (ProductCase Case, Turns Turns) worst = measured.MinBy(one => one.Turns.Ratio);
        double worstRatio = worst.Turns.Ratio;
        var result = new Result(
            "GFLOP/s", Turns.Median(measured.Select(one => one.Turns.Ours)), Turns.Median(measured.Select(one => one.Turns.Peer)),
            Turns.Median(measured.Select(one => one.Turns.Ratio)), bar)
        {
            Against = process.Description,
            AlsoHolds = worstRatio >= worstBar,
            Remark = $"worst of {measured.Length}: {worst.Case.Name} {worstRatio:F2}{(worstBar > 0 ? $" (bar {worstBar:F2})" : "")}",
            Details = { ["worst"] = Math.Round(worstRatio, 3), ["worstCase"] = worst.Case.Name, ["worstBar"] = worstBar, ["cases"] = ToJson(measured) },
        };
        AddDetails(process, measured, result.Details);
        return result;
    }

    /// <summary>Starts the peer; it answers what <see cref="ProductCase.Question"/> asks.</summary>
    protected abstract PeerProcess StartPeer();

    /// <summary>Further keys of the result.</summary>
    protected virtual void AddDetails(PeerProcess process, IReadOnlyList<(ProductCase Case, Turns Turns)> measured, JsonObject details)
    {
    }

    private Turns Measure(ProductCase one, PeerProcess process, Team team, Options options)
    {
        var product = new OurProduct(one, team);
        product.Multiply();
        Agree(one, product.Operands, process);
        // A case that was asked for is worth more time than one of a hundred.
        double seconds = options.Quick ? 0.008 : options.Case is null ? 0.025 : 0.1;
        int count = options.Case is null ? options.Turns(3, 7) : options.Turns(7, 15);
        Turns turns = Take(count);
        // One disturbed turn must not make a worst case: what looks like one is looked at longer. All turns count.
        return turns.Ratio < worstBar ? turns.And(Take(3 * count)) : turns;

        Turns Take(int many) => Turns.Take(
            many,
            () => one.Work / ProductTimer.Median(product.Multiply, seconds, Clocks.For(threads)),
            () => one.Work / process.AskNumber(one.Question("time", seconds)));
    }

    private static void Agree(ProductCase one, Operands ours, PeerProcess process)
    {
        (double sum, double magnitude) = ours.Checksum();
        double theirs = process.AskNumber(one.Question("check"));
        if (!(Math.Abs(sum - theirs) <= 1e-5 * (magnitude + 1)))
            throw new DisagreementException($"{one.Name}: the checksum of ours is {sum}, of the peer's {theirs}");
    }

    /// <summary>Small products are dominated by code that the runtime optimises only after some dozens of calls.</summary>
    private static void CompileSmallProducts(Team team)
    {
        OurProduct[] small = [.. ProductCases.All.Where(one => one.Work < 1e-3).Select(one => new OurProduct(one, team))];
        Speed.WarmUp(
            () =>
            {
                foreach (OurProduct product in small)
                    product.Multiply();
            },
            0.4);
    }

    private static JsonArray ToJson(IEnumerable<(ProductCase Case, Turns Turns)> measured) =>
    [
        .. measured.Select(one => new JsonObject
        {
            ["case"] = one.Case.Name,
            ["ours"] = Result.Figure(one.Turns.Ours),
            ["peer"] = Result.Figure(one.Turns.Peer),
            ["ratio"] = Math.Round(one.Turns.Ratio, 3),
        }),
    ];
}

/// <summary>Against OpenBLAS (issue 3: the median at least 0.95, none below 0.75).</summary>
internal sealed class OpenBlasSweep(int threads) : ProductSweep("openblas", threads, 0.95, 0.75)
{
    protected override PeerProcess StartPeer() => PeerProcess.Role(OpenBlas.Role, Threads);
}

/// <summary>
/// Against libtorch through <c>torch.mm</c>, as its users call it (issue 3: the median at least 1.1). Its dispatch is part of that; what
/// the ratio would be without the dispatch is in <c>ratioWithoutDispatch</c>.
/// </summary>
internal sealed class TorchSweep(int threads) : ProductSweep("torch", threads, 1.1, 0)
{
    protected override PeerProcess StartPeer() => PeerProcess.Python("products.py", Threads);

    protected override void AddDetails(PeerProcess process, IReadOnlyList<(ProductCase Case, Turns Turns)> measured, JsonObject details)
    {
        double dispatch = process.AskNumber(new ProductCase(1, 1, 1).Question("time", 0.05));
        // Half of the peer's time at least is left: for products of a microsecond the difference is but noise.
        double Without((ProductCase Case, Turns Turns) one)
        {
            double seconds = one.Case.Work / one.Turns.Peer;
            return one.Turns.Ratio * double.Max(seconds - dispatch, seconds / 2) / seconds;
        }

        details["dispatchMicroseconds"] = Math.Round(dispatch * 1e6, 2);
        details["ratioWithoutDispatch"] = Math.Round(Turns.Median(measured.Select(Without)), 3);
    }
}
