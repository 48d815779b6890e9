"""Downloads the newest Python SDK of Genesys and prints, as JSON, what it declares of what is asked for on standard input:
{"endpoints": ["GET /api/v2/..."], "unread": [models that nobody here looks into]}.

The SDK is read, never run or installed. Exit codes: 0 printed; 2 the SDK has another form than is read here; 3 it could not be had.
"""

import ast
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "PureCloudPlatformClientV2"
OTHER_FORM, NOT_TO_BE_HAD = 2, 3
DOWNLOAD_SECONDS = 120
PARAMETER = re.compile(r"\{\w+\}")


def quit_with(code, text):
    print(text, file=sys.stderr)
    sys.exit(code)


def download():
    """The newest wheel; pip's own cache spares a second download."""
    folder = tempfile.TemporaryDirectory(prefix="genesys-sdk-")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--retries", "1", "download", "--quiet"]
    try:
        done = subprocess.run(
            [*pip, "--no-deps", "--only-binary=:all:", "--dest", folder.name, PACKAGE],
            capture_output=True,
            text=True,
            timeout=DOWNLOAD_SECONDS,
        )
    except subprocess.TimeoutExpired:
        quit_with(NOT_TO_BE_HAD, f"pip did not get {PACKAGE} within {DOWNLOAD_SECONDS} s")
    if done.returncode != 0:
        reason = (done.stderr.strip() or "no reason told").splitlines()[-1]
        quit_with(NOT_TO_BE_HAD, f"pip cannot get {PACKAGE}: {reason}")
    return folder, zipfile.ZipFile(next(Path(folder.name).glob("*.whl")))


class Sdk:
    def __init__(self, wheel):
        self.wheel = wheel
        self.files = set(wheel.namelist())
        classes = re.findall(r"^from \.(\w+) import (\w+)", self.text("models/__init__.py"), re.M)
        self.file_of = {name: file for file, name in classes}
        self.operations = [one for file in self.files if "/apis/" in file for one in self.operations_of(file)]
        if not self.file_of or not self.operations:
            quit_with(OTHER_FORM, f"{PACKAGE} has no models or no operations in the form that is read here")

    def text(self, name):
        full = name if name in self.files else f"{PACKAGE}/{name}"
        return self.wheel.read(full).decode("utf-8")

    @property
    def version(self):
        metadata = next(file for file in self.files if file.endswith(".dist-info/METADATA"))
        return re.search(r"^Version: (\S+)", self.text(metadata), re.M).group(1)

    def operations_of(self, file):
        for code in re.split(r"\n    def ", self.text(file))[1:]:
            path = re.search(r"resource_path = '([^']+)'", code)
            method = re.search(r"call_api\(resource_path, '(\w+)'", code)
            if path and method:
                body = re.search(r":param (\S+) body:", code)
                answer = re.search(r"response_type='([^']+)'", code)
                query = sorted(set(re.findall(r"query_params\['([^']+)'\]", code)))
                shape = {"query": query, "body": body and body.group(1), "answer": answer and answer.group(1)}
                yield method.group(1), path.group(1), {key: value for key, value in shape.items() if value}

    def endpoint(self, wanted):
        """The operation of `METHOD /path`, whatever its parameters are called; the one with the fewest where several fit."""
        method, path = wanted.split(" ")

        def fits(template):
            return re.fullmatch(PARAMETER.sub("[^/]+", re.escape(template).replace(r"\{", "{").replace(r"\}", "}")), path)

        found = [one for one in self.operations if one[0] == method and fits(one[1])]
        return min(found, key=lambda one: (len(PARAMETER.findall(one[1])), one[1]), default=None)

    def model(self, name):
        """Fields by their names in JSON; of one with an enumeration the values, of any other the type."""
        tree = ast.parse(self.text(f"models/{self.file_of[name]}.py"))
        tables, values = {}, {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
                if node.targets[0].attr in ("swagger_types", "attribute_map"):
                    tables[node.targets[0].attr] = ast.literal_eval(node.value)
            if isinstance(node, ast.FunctionDef):
                for line in ast.walk(node):
                    if isinstance(line, ast.Assign) and getattr(line.targets[0], "id", "") == "allowed_values":
                        values[node.name] = sorted(ast.literal_eval(line.value))
        types, names = tables["swagger_types"], tables["attribute_map"]
        return {names[key]: values[key] if key in values and kind == "str" else kind for key, kind in sorted(types.items())}

    def models_below(self, names, unread):
        """These models, and those that they are made of."""
        models, waiting = {}, list(names)
        while waiting:
            name = waiting.pop()
            if name in self.file_of and name not in models and name not in unread:
                models[name] = self.model(name)
                waiting += [one for kind in models[name].values() if isinstance(kind, str) for one in re.findall(r"\w+", kind)]
        return dict(sorted(models.items()))

    def region_hosts(self):
        return sorted(re.findall(r'"https://api\.([^"/]+)"', self.text("purecloud_region_hosts.py")))


def main():
    asked = json.load(sys.stdin)
    folder, wheel = download()
    with folder, wheel:
        sdk = Sdk(wheel)
        found = [one for one in map(sdk.endpoint, asked["endpoints"]) if one]
        endpoints = {f"{method} {path}": shape for method, path, shape in sorted(found, key=lambda one: (one[1], one[0]))}
        roots = re.findall(r"\w+", " ".join(shape.get(key, "") for shape in endpoints.values() for key in ("body", "answer")))
        models = sdk.models_below([*roots, "ErrorBody"], asked["unread"])
        print(json.dumps({"sdk": sdk.version, "regionHosts": sdk.region_hosts(), "endpoints": endpoints, "models": models}))


main()
