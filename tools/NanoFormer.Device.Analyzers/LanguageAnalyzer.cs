using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NanoFormer.Device.Analyzers;

/// <summary>Finds the <see cref="LanguageRules"/>, by syntax alone.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LanguageAnalyzer : DiagnosticAnalyzer
{
    // A node of these kinds is a finding whatever it holds.
    private static readonly Dictionary<SyntaxKind, DiagnosticDescriptor> ByKind = new()
    {
        [SyntaxKind.TypeParameterList] = LanguageRules.Generics,
        [SyntaxKind.CheckedExpression] = LanguageRules.Checked,
        [SyntaxKind.CheckedStatement] = LanguageRules.Checked,
        [SyntaxKind.StackAllocArrayCreationExpression] = LanguageRules.StackAlloc,
        [SyntaxKind.ImplicitStackAllocArrayCreationExpression] = LanguageRules.StackAlloc,
        [SyntaxKind.FixedStatement] = LanguageRules.Fixed,
        [SyntaxKind.NullableType] = LanguageRules.Nullable,
        [SyntaxKind.TupleType] = LanguageRules.Tuple,
        [SyntaxKind.TupleExpression] = LanguageRules.Tuple,
        [SyntaxKind.ParenthesizedVariableDesignation] = LanguageRules.Tuple,
        [SyntaxKind.YieldReturnStatement] = LanguageRules.Yield,
        [SyntaxKind.YieldBreakStatement] = LanguageRules.Yield,
        [SyntaxKind.AwaitExpression] = LanguageRules.Async,
        [SyntaxKind.RecordDeclaration] = LanguageRules.Record,
        [SyntaxKind.IndexExpression] = LanguageRules.IndexOrRange,
        [SyntaxKind.RangeExpression] = LanguageRules.IndexOrRange,
        [SyntaxKind.CatchFilterClause] = LanguageRules.ExceptionFilter,
    };

    private static readonly Dictionary<SyntaxKind, DiagnosticDescriptor> ByModifier = new()
    {
        [SyntaxKind.VolatileKeyword] = LanguageRules.Volatile,
        [SyntaxKind.FixedKeyword] = LanguageRules.Fixed,
        [SyntaxKind.AsyncKeyword] = LanguageRules.Async,
    };

    private static readonly ImmutableHashSet<string> Spans = ["Span", "ReadOnlySpan", "Memory", "ReadOnlyMemory"];

    private static readonly ImmutableHashSet<string> MissingNamespaces =
    [
        "System.Linq", "System.Collections.Generic", "System.Collections.Concurrent", "System.Threading.Tasks", "System.Buffers",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics =>
    [
        .. ByKind.Values.Concat(ByModifier.Values).Distinct(),
        LanguageRules.MultiDimensionalArray, LanguageRules.DefaultInterfaceMember, LanguageRules.Decimal,
        LanguageRules.Query, LanguageRules.Span, LanguageRules.Dynamic,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSyntaxNodeAction(node => Report(node, node.Node, ByKind[node.Node.Kind()]), ByKind.Keys.ToArray());
        context.RegisterSyntaxNodeAction(
            OnModifiers,
            SyntaxKind.FieldDeclaration,
            SyntaxKind.MethodDeclaration,
            SyntaxKind.LocalFunctionStatement,
            SyntaxKind.SimpleLambdaExpression,
            SyntaxKind.ParenthesizedLambdaExpression,
            SyntaxKind.AnonymousMethodExpression);
        context.RegisterSyntaxNodeAction(OnArray, SyntaxKind.ArrayRankSpecifier, SyntaxKind.ImplicitArrayCreationExpression);
        context.RegisterSyntaxNodeAction(
            OnInterfaceMember,
            SyntaxKind.MethodDeclaration,
            SyntaxKind.PropertyDeclaration,
            SyntaxKind.IndexerDeclaration,
            SyntaxKind.EventDeclaration);
        context.RegisterSyntaxNodeAction(OnDecimal, SyntaxKind.PredefinedType, SyntaxKind.NumericLiteralExpression);
        context.RegisterSyntaxNodeAction(OnName, SyntaxKind.GenericName, SyntaxKind.UsingDirective, SyntaxKind.QueryExpression);
        context.RegisterSyntaxNodeAction(OnIdentifier, SyntaxKind.IdentifierName);
    }

    private static void OnModifiers(SyntaxNodeAnalysisContext context)
    {
        var modifiers = context.Node switch
        {
            MemberDeclarationSyntax member => member.Modifiers,
            LocalFunctionStatementSyntax function => function.Modifiers,
            AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers,
            _ => default,
        };
        foreach (var modifier in modifiers)
        {
            if (ByModifier.TryGetValue(modifier.Kind(), out var rule))
            {
                context.ReportDiagnostic(Diagnostic.Create(rule, modifier.GetLocation()));
            }
        }
    }

    private static void OnArray(SyntaxNodeAnalysisContext context)
    {
        bool hasSeveralDimensions = context.Node switch
        {
            ArrayRankSpecifierSyntax rank => rank.Rank > 1,
            ImplicitArrayCreationExpressionSyntax creation => creation.Commas.Count > 0,
            _ => false,
        };
        if (hasSeveralDimensions)
        {
            Report(context, context.Node, LanguageRules.MultiDimensionalArray);
        }
    }

    private static void OnInterfaceMember(SyntaxNodeAnalysisContext context)
    {
        bool hasBody = context.Node switch
        {
            MethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
            PropertyDeclarationSyntax { ExpressionBody: not null } => true,
            IndexerDeclarationSyntax { ExpressionBody: not null } => true,
            BasePropertyDeclarationSyntax property => property.AccessorList?.Accessors.Any(HasBody) == true,
            _ => false,
        };
        if (hasBody && context.Node.Parent is InterfaceDeclarationSyntax)
        {
            Report(context, context.Node, LanguageRules.DefaultInterfaceMember);
        }
    }

    private static bool HasBody(AccessorDeclarationSyntax accessor) => accessor.Body is not null || accessor.ExpressionBody is not null;

    private static void OnDecimal(SyntaxNodeAnalysisContext context)
    {
        bool isDecimal = context.Node switch
        {
            PredefinedTypeSyntax type => type.Keyword.IsKind(SyntaxKind.DecimalKeyword),
            LiteralExpressionSyntax literal => literal.Token.Value is decimal,
            _ => false,
        };
        if (isDecimal)
        {
            Report(context, context.Node, LanguageRules.Decimal);
        }
    }

    private static void OnName(SyntaxNodeAnalysisContext context)
    {
        switch (context.Node)
        {
            case GenericNameSyntax name when Spans.Contains(name.Identifier.ValueText):
                Report(context, name, LanguageRules.Span, name.Identifier.ValueText);
                break;
            case GenericNameSyntax name:
                Report(context, name, LanguageRules.Generics);
                break;
            case UsingDirectiveSyntax { Name: { } name } when MissingNamespaces.Contains(name.ToString()):
                Report(context, name, LanguageRules.Query, name.ToString());
                break;
            case QueryExpressionSyntax query:
                Report(context, query.FromClause, LanguageRules.Query, "from");
                break;
        }
    }

    private static void OnIdentifier(SyntaxNodeAnalysisContext context)
    {
        var name = (IdentifierNameSyntax)context.Node;
        if (name.Identifier.ValueText == "dynamic"
            && context.SemanticModel.GetTypeInfo(name, context.CancellationToken).Type is IDynamicTypeSymbol)
        {
            Report(context, name, LanguageRules.Dynamic);
        }
    }

    private static void Report(SyntaxNodeAnalysisContext context, SyntaxNode node, DiagnosticDescriptor rule, params object[] arguments)
    {
        if (!node.IsPartOfStructuredTrivia())
        {
            context.ReportDiagnostic(Diagnostic.Create(rule, node.GetLocation(), arguments));
        }
    }
}
