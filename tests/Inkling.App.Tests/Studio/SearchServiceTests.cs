using Inkling.App.Running;
using Inkling.App.Searching;
using Inkling.App.Studio.Searching;
using Inkling.Mail;

namespace Inkling.App.Tests.Studio;

/// <summary>The search of the studio without its page: what it opens, what it follows, and what it does when mail is not there.</summary>
public sealed class SearchServiceTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("inkling-search-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task An_index_that_the_command_line_made_is_opened()
    {
        DataFolder data = new(Path.Combine(_home, "data"));
        new MailIndexer(SearchPlaces.LoadEncoder(), new MailIndexOptions { Mail = [Mbox("a", "Brochure")], Folder = SearchPlaces.Index(data) }).Run(cancellation: TestContext.Current.CancellationToken);
        using SearchService service = new(data);
        await service.StartAsync(TestContext.Current.CancellationToken);
        await service.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, service.State.Mails);
        Assert.Empty(service.State.Sources);
        Assert.Single(service.Search(new MailSearchRequest { Text = "brochure" }));
    }

    [Fact]
    public async Task Mail_that_is_gone_is_a_warning_and_can_be_removed_from_the_list()
    {
        DataFolder data = new(Path.Combine(_home, "data"));
        using SearchService service = new(data);
        string first = Mbox("a", "Brochure"), second = Mbox("b", "Hedge");
        await IndexAsync(service, () => service.Add(first, null));
        File.Delete(first);
        await IndexAsync(service, () => service.Add(second, null));
        Assert.Null(service.State.Error);
        Assert.Equal(2, service.State.Mails);
        Assert.Equal([first, second], service.State.Sources);
        Assert.Contains(service.State.Warnings, warning => warning.Contains(first, StringComparison.Ordinal));

        await IndexAsync(service, () => service.Add(second, null));
        Assert.Equal([first, second], service.State.Sources);
        service.Remove(first);
        Assert.Equal([second], service.State.Sources);
        Assert.Equal([second], File.ReadAllLines(Path.Combine(SearchPlaces.Index(data), "sources.txt")));

        File.Delete(second);
        await IndexAsync(service, service.Again);
        Assert.Contains(second, service.State.Error, StringComparison.Ordinal);
        Assert.Equal(2, service.State.Mails);
    }

    [Fact]
    public async Task What_failed_is_not_kept_as_a_source()
    {
        using SearchService service = new(new DataFolder(Path.Combine(_home, "data")));
        string empty = Directory.CreateDirectory(Path.Combine(_home, "empty")).FullName;
        await IndexAsync(service, () => service.Add(empty, null));
        Assert.NotNull(service.State.Error);
        Assert.Empty(service.State.Sources);
    }

    [Fact]
    public async Task A_folder_that_never_stays_still_is_looked_at_all_the_same()
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using MailWatch watch = new(() => arrived.TrySetResult(), Path.Combine(_home, "index"), stillness: TimeSpan.FromHours(1), longest: TimeSpan.FromMilliseconds(10));
        watch.Follow([_home]);
        Mbox("a", "Brochure");
        await arrived.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Mail_that_is_deleted_is_noticed()
    {
        string mail = Mbox("a", "Brochure");
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using MailWatch watch = new(() => arrived.TrySetResult(), Path.Combine(_home, "index"), stillness: TimeSpan.FromMilliseconds(10));
        watch.Follow([_home]);
        File.Delete(mail);
        await arrived.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }

    private static async Task IndexAsync(SearchService service, Action begin)
    {
        begin();
        using CancellationTokenSource late = new(TimeSpan.FromMinutes(2));
        while (service.State.Busy) await Task.Delay(20, late.Token);
    }

    private string Mbox(string name, string subject)
    {
        string path = Path.Combine(_home, name + ".mbox");
        File.WriteAllText(path, SearchPage.Mbox("Anton <anton@print.example>", (subject, $"This is about the {subject} and nothing else, so please read it before Tuesday.")));
        return path;
    }
}
