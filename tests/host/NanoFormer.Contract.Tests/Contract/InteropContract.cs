namespace NanoFormer.Contract.Tests;

/// <summary>What nanoCLR and a managed assembly must agree on before native methods can be called.</summary>
/// <param name="Assembly">Name of the assembly.</param>
/// <param name="NativeVersion">Value of its AssemblyNativeVersion attribute.</param>
/// <param name="Checksum">Checksum over its methods, see <see cref="NativeMethodsChecksum"/>.</param>
/// <param name="Methods">
/// The method table in the device's order: native methods as <c>Class::Method</c>, both mangled; null for every method with a body.
/// </param>
public sealed record InteropContract(string Assembly, Version NativeVersion, uint Checksum, IReadOnlyList<string?> Methods)
{
    /// <summary>What differs in a native implementation, one sentence each; none when it can be linked into a device.</summary>
    public IEnumerable<string> DifferencesIn(InteropContract native)
    {
        if (native.Assembly != Assembly)
        {
            yield return $"The assembly is {Assembly}, native code is for {native.Assembly}.";
        }

        if (native.NativeVersion != NativeVersion)
        {
            yield return $"The native version is {NativeVersion}, native code has {native.NativeVersion}.";
        }

        if (native.Checksum != Checksum)
        {
            yield return $"The checksum is 0x{Checksum:X8}, native code has 0x{native.Checksum:X8}.";
        }

        if (native.Methods.Count != Methods.Count)
        {
            yield return $"The assembly has {Methods.Count} methods, the native table has {native.Methods.Count}.";
        }

        for (int i = 0; i < Math.Min(Methods.Count, native.Methods.Count); i++)
        {
            if (native.Methods[i] != Methods[i])
            {
                yield return $"Method {i} is {Methods[i] ?? "managed"}, the native table has {native.Methods[i] ?? "NULL"}.";
            }
        }
    }
}
