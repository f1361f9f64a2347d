namespace Inkling.Numerics.Tests;

public sealed class TeamTests
{
    private struct Count(int[] done, Team? inner = null) : IChunkBody
    {
        public void Run(int chunk)
        {
            Interlocked.Increment(ref done[chunk]);
            if (inner is null)
                return;
            var nested = new Count(new int[7]);
            inner.For(7, ref nested);
        }
    }

    private struct Failing : IChunkBody
    {
        public void Run(int chunk)
        {
            if (chunk == 5)
                throw new InvalidOperationException("chunk five");
        }
    }

    private struct Changing : IChunkBody
    {
        public int Total;

        public void Run(int chunk) => Interlocked.Add(ref Total, chunk);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_chunk_is_done_exactly_once(int threads)
    {
        using var team = new Team(threads);
        for (int round = 0; round < 3000; round++)
        {
            var done = new int[round % 40];
            var body = new Count(done);
            team.For(done.Length, ref body);
            Assert.All(done, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Work_started_from_within_work_and_by_others_is_done()
    {
        using var team = new Team(3);
        var callers = new Thread[4];
        int wrong = 0;
        for (int i = 0; i < callers.Length; i++)
        {
            callers[i] = new Thread(() =>
            {
                for (int round = 0; round < 1000; round++)
                {
                    var done = new int[9];
                    var body = new Count(done, team);
                    team.For(9, ref body);
                    if (Array.Exists(done, count => count != 1))
                        Interlocked.Increment(ref wrong);
                }
            });
            callers[i].Start();
        }

        foreach (Thread caller in callers)
            caller.Join();
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Helpers_that_sleep_are_woken()
    {
        using var team = new Team(2);
        for (int round = 0; round < 20; round++)
        {
            Thread.Sleep(2);
            var body = default(Changing);
            team.For(100, ref body);
            Assert.Equal(4950, body.Total);
        }
    }

    [Fact]
    public void A_failure_reaches_the_caller_and_the_team_goes_on()
    {
        using var team = new Team(2);
        for (int round = 0; round < 100; round++)
        {
            var failing = default(Failing);
            Assert.Throws<InvalidOperationException>(() => team.For(9, ref failing));
            var body = default(Changing);
            team.For(10, ref body);
            Assert.Equal(45, body.Total);
        }
    }

    [Fact]
    public void A_disposed_team_leaves_the_work_to_the_caller()
    {
        var team = new Team(2);
        team.Dispose();
        var body = default(Changing);
        team.For(10, ref body);
        Assert.Equal(45, body.Total);
        Team.Single.Dispose();
        Team.Shared.Dispose();
        body = default;
        Team.Shared.For(10, ref body);
        Assert.Equal(45, body.Total);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Team(0));
    }

    [Fact]
    public void Kernels_allocate_nothing_once_warm()
    {
        using var team = new Team(2);
        float[] a = Given.Values(256 * 256, 1), b = Given.Values(256 * 256, 2), c = new float[256 * 256], x = Given.Values(200_000, 3);
        QuantizedMatrix matrix = QuantizedMatrix.Quantize(a, 256, 256);
        void Work(Team on)
        {
            Gemm.Multiply(true, true, 256, 256, 256, a, 256, b, 256, c, 256, false, on);
            Gemm.Multiply(false, false, 3, 256, 256, a, 256, b, 256, c, 256, false, on);
            matrix.MultiplyBatch(a.AsSpan(0, 512), 2, c.AsSpan(0, 512), false, on);
            Map.Apply<TanhOp>(x, x, on);
            Reduce.Sum(x);
            RowSoftmax.Softmax(c.AsSpan(0, 256));
        }

        // Each thread has scratch memory of its own from its first chunk on; alone, the caller meets every chunk.
        Work(Team.Single);
        Work(team);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 20; i++)
                Work(team);
        });
    }
}
