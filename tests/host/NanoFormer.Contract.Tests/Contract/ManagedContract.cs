using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NanoFormer.Contract.Tests;

/// <summary>Reads the contract from a compiled managed assembly.</summary>
public static class ManagedContract
{
    private const string NativeVersionAttribute = "AssemblyNativeVersionAttribute";

    /// <summary>The contract that native code must keep.</summary>
    /// <exception cref="ContractException">
    /// The assembly has no native version, a native signature that the device cannot call, or types that the compiler put there.
    /// </exception>
    public static InteropContract Read(Stream assembly)
    {
        using var file = new PEReader(assembly, PEStreamOptions.LeaveOpen);
        var reader = file.GetMetadataReader();
        string name = reader.GetString(reader.GetAssemblyDefinition().Name);
        var checksum = new NativeMethodsChecksum(name);
        var methods = new List<string?>();
        foreach (var handle in TypeOrder.Of(file))
        {
            RefuseEmbedded(reader, handle);
            AddMethods(reader, handle, checksum, methods);
        }

        return new InteropContract(name, NativeVersion(reader), checksum.Value, methods);
    }

    private static void AddMethods(
        MetadataReader reader, TypeDefinitionHandle handle, NativeMethodsChecksum checksum, List<string?> methods)
    {
        var type = reader.GetTypeDefinition(handle);
        bool counts = HasNativeMethods(reader, type);
        string className = ClassName(reader, handle);
        foreach (var method in Ordered(type.GetMethods().Select(reader.GetMethodDefinition)))
        {
            string? native = counts && method.RelativeVirtualAddress == 0 && !method.Attributes.HasFlag(MethodAttributes.Abstract)
                ? MangledName(reader, method)
                : null;
            methods.Add(native is null ? null : $"{className}::{native}");
            if (native is not null)
            {
                checksum.AddNative(className, native);
            }
            else if (counts)
            {
                checksum.AddManaged();
            }
        }
    }

    private static IEnumerable<MethodDefinition> Ordered(IEnumerable<MethodDefinition> methods) => methods.OrderBy(method =>
        method.Attributes.HasFlag(MethodAttributes.Virtual) ? 0 : method.Attributes.HasFlag(MethodAttributes.Static) ? 2 : 1);

    // Classes and structures; delegates, enumerations and interfaces have methods on the device, but none of them counts.
    private static bool HasNativeMethods(MetadataReader reader, TypeDefinition type) =>
        !type.Attributes.HasFlag(TypeAttributes.Interface)
        && BaseName(reader, type) is not ("System.Enum" or "System.Delegate" or "System.MulticastDelegate");

    private static string BaseName(MetadataReader reader, TypeDefinition type)
    {
        if (type.BaseType.Kind != HandleKind.TypeReference)
        {
            return "";
        }

        var reference = reader.GetTypeReference((TypeReferenceHandle)type.BaseType);
        return reader.GetString(reference.Namespace) + "." + reader.GetString(reference.Name);
    }

    private static string ClassName(MetadataReader reader, TypeDefinitionHandle handle) =>
        MangledNames.FullName(reader, handle).Replace('.', '_').Replace("/", "__", StringComparison.Ordinal);

    private static string MangledName(MetadataReader reader, MethodDefinition method)
    {
        var signature = method.DecodeSignature(new MangledNames(), null);
        string start = reader.GetString(method.Name) + (method.Attributes.HasFlag(MethodAttributes.Static) ? "___STATIC__" : "___");
        return start + string.Join("__", signature.ParameterTypes.Prepend(signature.ReturnType));
    }

    // A newer language puts types of its own into the assembly; their constructors shift the device's method table, and the checksum
    // does not show it.
    private static void RefuseEmbedded(MetadataReader reader, TypeDefinitionHandle handle)
    {
        string name = MangledNames.FullName(reader, handle);
        if (name.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal)
            || name.StartsWith("System.Runtime.CompilerServices.", StringComparison.Ordinal))
        {
            throw new ContractException($"The compiler put {name} into the assembly: compile it as C# 9, without nullable annotations.");
        }
    }

    private static Version NativeVersion(MetadataReader reader)
    {
        foreach (var handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (AttributeName(reader, attribute) == NativeVersionAttribute)
            {
                var value = reader.GetBlobReader(attribute.Value);
                value.ReadUInt16(); // prolog
                return Version.Parse(value.ReadSerializedString()!);
            }
        }

        throw new ContractException("The assembly has no AssemblyNativeVersion.");
    }

    private static string AttributeName(MetadataReader reader, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
        {
            return "";
        }

        var type = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        return type.Kind == HandleKind.TypeReference ? reader.GetString(reader.GetTypeReference((TypeReferenceHandle)type).Name) : "";
    }
}
