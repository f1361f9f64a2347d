namespace Inkling.Tuning.Tests;

public sealed class UnivariateTpeSamplerTests : SamplerContract
{
    protected override ISampler Create() => new TpeSampler(multivariate: false, startupTrials: 5);
}
