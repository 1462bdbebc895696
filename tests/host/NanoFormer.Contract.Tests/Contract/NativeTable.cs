using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NanoFormer.Contract.Tests;

/// <summary>The table of native methods in an interop library's C++ source.</summary>
/// <param name="Library">What the names of the library's classes begin with, such as <c>NanoFormer_Interop</c>.</param>
public sealed partial record NativeTable(string Library)
{
    /// <summary>Reads the contract that the source keeps.</summary>
    /// <exception cref="ContractException">The source has no table, or an entry that is not of this library.</exception>
    public InteropContract Read(string source)
    {
        string text = Comment().Replace(source, "");
        var data = Data().Match(text);
        var lookup = Lookup().Match(text);
        if (!data.Success || !lookup.Success)
        {
            throw new ContractException("The source has no method_lookup or no CLR_RT_NativeAssemblyData.");
        }

        string[] entries = lookup.Groups["entries"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new InteropContract(
            data.Groups["name"].Value,
            Version.Parse(string.Join('.', data.Groups["version"].Value.Split(',', StringSplitOptions.TrimEntries))),
            uint.Parse(data.Groups["checksum"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            [.. entries.Select(Method)]);
    }

    /// <summary>The source that keeps a contract, in the layout that nanoFramework's build reads name, checksum and version from.</summary>
    public string Write(InteropContract contract)
    {
        var version = contract.NativeVersion;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"#include \"{Library}.h\"\n\n");
        text.Append("// clang-format off\n\n");
        text.Append("static const CLR_RT_MethodHandler method_lookup[] =\n{\n");
        foreach (string? method in contract.Methods)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {(method is null ? "NULL" : Prefix + method)},\n");
        }

        text.Append(string.Create(CultureInfo.InvariantCulture, $$"""
            };

            const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_{{contract.Assembly.Replace('.', '_')}} =
            {
                "{{contract.Assembly}}",
                0x{{contract.Checksum:X8}},
                method_lookup,
                { {{version.Major}}, {{version.Minor}}, {{version.Build}}, {{version.Revision}} }
            };

            // clang-format on

            """).ReplaceLineEndings("\n"));
        return text.ToString();
    }

    private string Prefix => "Library_" + Library + "_";

    private string? Method(string entry)
    {
        if (entry == "NULL")
        {
            return null;
        }

        return entry.StartsWith(Prefix, StringComparison.Ordinal)
            ? entry[Prefix.Length..]
            : throw new ContractException($"{entry} is not a method of {Prefix}...");
    }

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bmethod_lookup\[\]\s*=\s*\{(?<entries>[^}]*)\}")]
    private static partial Regex Lookup();

    [GeneratedRegex("\\bCLR_RT_NativeAssemblyData\\s+\\w+\\s*=\\s*\\{\\s*\"(?<name>[^\"]*)\",\\s*0x(?<checksum>[0-9A-Fa-f]{8}),"
        + @"\s*method_lookup,\s*\{(?<version>[\d\s,]*)\}")]
    private static partial Regex Data();
}
