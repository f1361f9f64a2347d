namespace Inkling.Tuning.Tests;

public sealed class SobolSamplerTests : SamplerContract
{
    protected override ISampler Create() => new SobolSampler();

    protected override int Trials => 30;

}
