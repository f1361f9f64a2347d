using Inkling.App.Studio.Playing;

namespace Inkling.App.Tests.Studio;

/// <summary>Who asked first comes first, also before the one that asks again at once.</summary>
public sealed class PlayingTurnTests
{
    [Fact]
    public async Task Who_waits_comes_before_who_takes_it_again()
    {
        PlayingTurn turn = new();
        List<string> order = [];
        Task waiting;
        using (turn.Take())
        {
            Assert.False(turn.Wanted);
            waiting = Task.Run(() =>
            {
                using (turn.Take()) order.Add("waiting");
            }, TestContext.Current.CancellationToken);
            SpinWait.SpinUntil(() => turn.Wanted);
        }

        using (turn.Take()) order.Add("again");
        await waiting;
        Assert.Equal(["waiting", "again"], order);
        Assert.False(turn.Wanted);
    }

    [Fact]
    public async Task One_at_a_time_holds_it()
    {
        PlayingTurn turn = new();
        int inside = 0, most = 0, entered = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                using (turn.Take())
                {
                    most = Math.Max(most, ++inside);
                    entered++;
                    inside--;
                }
            }
        })));
        Assert.Equal((1, 2000), (most, entered));
    }
}
