using System.Globalization;

namespace NanoFormer.Cli.Reports;

/// <summary>Numbers of things in words.</summary>
internal static class Counted
{
    /// <summary><c>1 gap</c>, <c>2 gaps</c>.</summary>
    public static string Of(long count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");
}
