namespace Inkling.Tuning.Regret;

/// <summary>The samplers by their names on the command line, with their defaults.</summary>
internal static class SamplerNames
{
    public static readonly Dictionary<string, Func<ISampler>> All = new()
    {
        ["gp"] = () => new GaussianProcessSampler(),
        ["tpe"] = () => new TpeSampler(),
        ["tpe-uni"] = () => new TpeSampler(multivariate: false),
        ["cma"] = () => new CmaEsSampler(),
        ["nsga"] = () => new NsgaIISampler(),
        ["random"] = () => new RandomSampler(),
        ["sobol"] = () => new SobolSampler(),
    };
}
