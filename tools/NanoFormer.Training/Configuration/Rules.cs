using System.Globalization;

namespace NanoFormer.Training.Configuration;

/// <summary>What checks of a configuration throw when they fail.</summary>
internal static class Rules
{
    public static void RequireRange(string field, double value, double low, double high) =>
        Require(value >= low && value <= high, field, string.Create(CultureInfo.InvariantCulture, $"is {value}, not in {low} .. {high}"));

    public static void Require(bool holds, string field, string problem) => Check(holds, ConfigError.OutOfRange, field, problem);

    public static void RequireFit(bool holds, string field, string problem) => Check(holds, ConfigError.Mismatch, field, problem);

    private static void Check(bool holds, ConfigError error, string field, string problem)
    {
        if (!holds)
        {
            throw new ConfigException(error, $"{field} {problem}.");
        }
    }
}
