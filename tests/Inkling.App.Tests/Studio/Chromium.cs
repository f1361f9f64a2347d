using Microsoft.Playwright;

namespace Inkling.App.Tests.Studio;

/// <summary>One real browser for all tests of the pages. Without one they are skipped; with <c>INKLING_REQUIRE=chromium</c> they fail.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--force-color-profile=srgb", "--disable-lcd-text",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        string? executable = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        if (executable is null)
        {
            _missing = "no Chromium on this machine; install Debian's with: apt-get install chromium";
            return;
        }

        try
        {
            Assertions.SetDefaultExpectTimeout(20_000);
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = executable, Args = Flags });
        }
        catch (PlaywrightException problem)
        {
            _missing = $"{executable} does not start: {problem.Message}";
        }
    }

    /// <summary>A fresh, private browser window.</summary>
    public async Task<IPage> NewPageAsync(string address, BrowserNewContextOptions? options = null)
    {
        if (_browser is null)
        {
            string[] required = (Environment.GetEnvironmentVariable("INKLING_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
            if (required.Contains("chromium"))
            {
                Assert.Fail(_missing);
            }

            Assert.Skip(_missing!);
        }

        options ??= new BrowserNewContextOptions();
        options.BaseURL = address;
        IBrowserContext context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout(30_000);
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"], new() { Origin = address });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }
}

/// <summary>The tests that share the browser, one after the other, beside tests that need none.</summary>
[CollectionDefinition("chromium")]
public sealed class ChromiumTests : ICollectionFixture<Chromium>;
