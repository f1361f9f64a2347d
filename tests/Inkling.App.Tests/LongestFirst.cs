using Inkling.App.Tests;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Inkling.App.Tests;

/// <summary>Begins with the tests that share the browser: they go one after the other and take longest, the others find their place beside them.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : Xunit.Sdk.ITestCollection => [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName == "chromium" ? 0 : 1)];
}
