using System.Globalization;
using Mono.Cecil;

namespace NanoFormer.ManagedCost;

/// <summary>Numbers the methods of a woven assembly, and those of libraries that it calls, as they are first met.</summary>
/// <param name="woven">Names of all woven assemblies: their methods count for themselves.</param>
internal sealed class MethodTable(IReadOnlySet<string> woven)
{
    private const string HostOnly = "HostOnlyAttribute";

    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<string> _lines = [];

    /// <summary>The table as <see cref="ManagedCounter.Register"/> takes it.</summary>
    public string Text => string.Join('\n', _lines);

    /// <summary>Number of a method of the assembly.</summary>
    public int Own(MethodReference method) => Number(Name(method));

    /// <summary>Number of a called method that no woven assembly holds; null when one does.</summary>
    public int? Library(MethodReference method) =>
        woven.Contains(AssemblyOf(method.DeclaringType)) && !IsHostOnly(method.DeclaringType) ? null : Number('\t' + Name(method));

    /// <summary>Whether a type of this assembly stands for native code, which is not interpreted.</summary>
    public static bool IsHostOnly(TypeReference type) =>
        type is TypeDefinition definition && definition.CustomAttributes.Any(mark => mark.AttributeType.Name == HostOnly)
        || (type.DeclaringType is { } outer && IsHostOnly(outer));

    private int Number(string line)
    {
        if (!_numbers.TryGetValue(line, out int number))
        {
            number = _lines.Count;
            _numbers.Add(line, number);
            _lines.Add(line);
        }

        return number;
    }

    private static string AssemblyOf(TypeReference type) => type.GetElementType().Scope switch
    {
        AssemblyNameReference reference => reference.Name,
        ModuleDefinition module => module.Assembly.Name.Name,
        var other => other.Name,
    };

    private static string Name(MethodReference method) => string.Create(
        CultureInfo.InvariantCulture,
        $"{method.DeclaringType.FullName}::{method.Name}({string.Join(',', method.Parameters.Select(p => p.ParameterType.FullName))})");
}
