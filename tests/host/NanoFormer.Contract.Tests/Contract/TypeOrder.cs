using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NanoFormer.Contract.Tests;

/// <summary>The order of an assembly's types on the device, which is not that of the file.</summary>
/// <remarks>
/// By name, but before a type come the type it is nested in, its interfaces, and then the types that are returned by, or parameters of,
/// the methods its code names. This is how nanoFramework's metadata processor orders them.
/// </remarks>
internal sealed class TypeOrder
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private readonly NamedTypes _named = new();
    private readonly HashSet<TypeDefinitionHandle> _seen = [];
    private readonly List<TypeDefinitionHandle> _ordered = [];

    private TypeOrder(PEReader file)
    {
        _file = file;
        _reader = file.GetMetadataReader();
    }

    /// <summary>The types of an assembly in the device's order.</summary>
    public static IReadOnlyList<TypeDefinitionHandle> Of(PEReader file)
    {
        var order = new TypeOrder(file);
        order.Visit(order._reader.TypeDefinitions.Skip(1) // <Module>
            .OrderBy(type => MangledNames.FullName(order._reader, type), StringComparer.OrdinalIgnoreCase));
        return order._ordered;
    }

    private void Visit(IEnumerable<TypeDefinitionHandle> types)
    {
        foreach (var type in types)
        {
            Visit(type);
        }
    }

    private void Visit(TypeDefinitionHandle handle)
    {
        if (_seen.Contains(handle))
        {
            return;
        }

        var type = _reader.GetTypeDefinition(handle);
        if (type.IsNested)
        {
            Visit(type.GetDeclaringType());
        }

        Visit(type.GetInterfaceImplementations()
            .Select(implementation => _reader.GetInterfaceImplementation(implementation).Interface)
            .Where(definition => definition.Kind == HandleKind.TypeDefinition)
            .Select(definition => (TypeDefinitionHandle)definition));
        if (_seen.Add(handle))
        {
            Visit(TypesNamedIn(type));
            _ordered.Add(handle);
        }
    }

    private IEnumerable<TypeDefinitionHandle> TypesNamedIn(TypeDefinition type) => type.GetMethods()
        .Select(_reader.GetMethodDefinition)
        .Where(method => method.RelativeVirtualAddress != 0)
        .SelectMany(method => MethodReferences.In(_file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!))
        .SelectMany(TypesOf);

    private IEnumerable<TypeDefinitionHandle> TypesOf(EntityHandle method) => method.Kind switch
    {
        HandleKind.MethodDefinition => TypesOf(_reader.GetMethodDefinition((MethodDefinitionHandle)method).DecodeSignature(_named, null)),
        HandleKind.MemberReference when _reader.GetMemberReference((MemberReferenceHandle)method) is var member
            && member.GetKind() == MemberReferenceKind.Method => TypesOf(member.DecodeMethodSignature(_named, null)),
        _ => [],
    };

    private static IEnumerable<TypeDefinitionHandle> TypesOf(MethodSignature<TypeDefinitionHandle> signature) =>
        ImmutableArray.Create(signature.ReturnType).AddRange(signature.ParameterTypes).Where(type => !type.IsNil);
}
