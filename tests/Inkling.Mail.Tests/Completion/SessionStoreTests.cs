namespace Inkling.Mail.Tests.Completion;

public sealed class SessionStoreTests
{
    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }

    [Fact]
    public void Sessions_are_bounded_and_expire()
    {
        using var completer = PhraseBook.Completer();
        var clock = new Clock();
        var store = new SessionStore(completer, capacity: 3, lifetime: TimeSpan.FromSeconds(100), time: clock);
        var request = new CompletionRequest { Text = "Thank" };
        for (var i = 0; i < 5; i++)
        {
            clock.Seconds++;
            store.Complete($"draft {i}", request);
        }
        Assert.Equal(3, store.Count);
        clock.Seconds += 99;
        store.Complete("draft 4", request);
        Assert.Equal(2, store.Count); // 3 and 4 were used within the last 100 seconds
        clock.Seconds += 101;
        Assert.Equal(0, store.Count);
    }

    [Fact]
    public void Without_a_usable_id_nothing_is_kept()
    {
        using var completer = PhraseBook.Completer();
        var store = new SessionStore(completer);
        var request = new CompletionRequest { Text = "Thank you f" };
        var expected = store.Complete("id", request);
        Assert.Equal(1, store.Count);
        foreach (var id in (string?[])[null, "", new string('x', SessionStore.MaxIdLength + 1)])
            Assert.Equal(expected.Candidates, store.Complete(id, request).Candidates);
        Assert.Equal(1, store.Count);
        store.Remove("id");
        Assert.Equal(0, store.Count);
    }
}
